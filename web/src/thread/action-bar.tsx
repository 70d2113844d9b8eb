import { useMe } from '../api/session.js';
import type { Shown } from '../live/model.js';
import { ACTION_ICONS } from './action-icons.js';
import { actionsOf } from './action-list.js';
import styles from './action-bar.module.css';
import { pickerOpen } from './picker-state.js';
import { runAction } from './run-action.js';
import type { Actions } from './use-actions.js';

const SHORT: Record<string, string> = {
  assignToMe: 'Assign to Me',
  assign: 'Assign…',
  transfer: 'Transfer…',
  return: 'Return',
  done: 'Done',
  reopen: 'Reopen',
  snooze: 'Snooze…',
  wake: 'Wake',
};

/** The same actions under the thumb, on a phone. */
export function ActionBar({ conversation, actions }: { conversation: Shown; actions: Actions }) {
  const me = useMe();
  const list = actionsOf(conversation, me);
  if (list.length === 0) return null;
  return (
    <div className={styles.bar} role="group" aria-label="Actions">
      {list.map((action) => (
        <div key={action.id} className={styles.slot}>
          <button
            type="button"
            className={styles.action}
            aria-label={action.label}
            aria-disabled={action.reason !== null || undefined}
            aria-describedby={action.reason === null ? undefined : `bar-${action.id}`}
            onClick={() => runAction(action, conversation, actions, pickerOpen.set)}
          >
            {ACTION_ICONS[action.id]}
            <span>{SHORT[action.id]}</span>
          </button>
          {action.reason !== null && (
            <span id={`bar-${action.id}`} className="visually-hidden">
              {action.reason}
            </span>
          )}
        </div>
      ))}
    </div>
  );
}
