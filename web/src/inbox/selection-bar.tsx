import type { Permission } from '@partyline/contracts';
import { CircleCheck, RotateCcw, Tag, Undo2, UserRoundCheck } from 'lucide-react';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { sentenceOf } from '../api/problem.js';
import { useMe } from '../api/session.js';
import { changeMany, type ManyAction } from '../live/change-many.js';
import type { ListStatus } from '../live/model.js';
import { announce } from '../state/announcer.js';
import { toast } from '../state/toasts.js';
import { useValue } from '../state/value-store.js';
import { live } from '../live/store.js';
import { Button } from '../ui/button.js';
import { selection } from './selection.js';
import styles from './selection-bar.module.css';
import { manyWords } from './selection-words.js';

const TagPicker = lazy(() => import('../tags/tag-picker.js'));

interface Act {
  readonly action: ManyAction;
  readonly label: string;
  readonly icon: ReactNode;
  readonly permission: Permission;
}
const ASSIGN: Act = {
  action: 'assign',
  label: 'Assign to Me',
  icon: <UserRoundCheck />,
  permission: 'claim',
};
const RETURN: Act = { action: 'return', label: 'Return', icon: <Undo2 />, permission: 'return' };
const DONE: Act = { action: 'done', label: 'Mark as Done', icon: <CircleCheck />, permission: 'done' };
const REOPEN: Act = { action: 'reopen', label: 'Reopen', icon: <RotateCcw />, permission: 'reopen' };

const ACTS: Record<ListStatus, { readonly shared: readonly Act[]; readonly direct: readonly Act[] }> = {
  open: { shared: [ASSIGN, RETURN, DONE], direct: [DONE] },
  snoozed: { shared: [ASSIGN, RETURN, DONE], direct: [DONE] },
  done: { shared: [REOPEN], direct: [REOPEN] },
};

/** What can be done with everything that is marked in the list. What is refused stays marked, and the reason is said. */
export function SelectionBar({ status, shared }: { status: ListStatus; shared: boolean }) {
  const me = useMe();
  const ids = useValue(selection);
  const [busy, setBusy] = useState(false);
  const [tagging, setTagging] = useState(false);
  if (!ids) return null;
  const acts = ACTS[status][shared ? 'shared' : 'direct'].filter((act) =>
    me.permissions.includes(act.permission),
  );

  const run = async (action: ManyAction, tagId?: string) => {
    setBusy(true);
    try {
      const results = await changeMany(action, [...ids], tagId);
      const refused = results.filter((result) => !result.ok).map(({ conversationId }) => conversationId);
      const words = manyWords(action, results);
      announce(words);
      toast(refused.length > 0 ? 'conflict' : 'success', words);
      // Whoever tags may have more to put on the same ones.
      if (tagId === undefined) selection.set(refused.length > 0 ? new Set(refused) : null);
    } catch (error) {
      toast('error', sentenceOf(error));
    } finally {
      setBusy(false);
    }
  };

  return (
    <div className={styles.bar} role="group" aria-label="With the selected conversations">
      <span className={styles.count} role="status">
        {ids.size} selected
      </span>
      <span className={styles.acts}>
        {acts.map(({ action, label, icon }) => (
          <Button
            key={action}
            size="sm"
            icon={icon}
            busy={busy}
            tip="above"
            reason={ids.size === 0 ? 'Select conversations first.' : null}
            onPress={() => void run(action)}
          >
            {label}
          </Button>
        ))}
        {me.permissions.includes('note') && (
          <Button
            size="sm"
            icon={<Tag />}
            busy={busy}
            tip="above"
            haspopup="dialog"
            reason={ids.size === 0 ? 'Select conversations first.' : null}
            onPress={() => setTagging(true)}
          >
            Tags
          </Button>
        )}
        <Button size="sm" variant="ghost" onPress={() => selection.set(null)}>
          Cancel
        </Button>
      </span>
      {tagging && (
        <Suspense>
          <TagPicker
            title={`Tags of ${ids.size} conversations`}
            chosen={onAll([...ids])}
            onChange={(tag, on) => void run(on ? 'tag' : 'untag', tag.id)}
            onClose={() => setTagging(false)}
          />
        </Suspense>
      )}
    </div>
  );
}

/** Tags that every one of these has. */
function onAll(ids: readonly string[]): string[] {
  const [first = [], ...others] = ids.map((id) => live.get().shown.get(id)?.tags ?? []);
  return first.filter((tag) => others.every((tags) => tags.includes(tag)));
}
