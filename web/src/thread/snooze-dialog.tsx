import { useState, type FormEvent } from 'react';
import { contactTitle } from '../format/names.js';
import { wakeTime } from '../format/time.js';
import type { Shown } from '../live/model.js';
import { momentOf } from '../format/moment.js';
import { Button } from '../ui/button.js';
import { Field } from '../ui/field.js';
import ModalDialog from '../ui/modal.js';
import styles from './snooze-dialog.module.css';
import { snoozeChoices } from './snooze-times.js';

interface Props {
  readonly conversation: Shown;
  readonly onPick: (until: string | null) => void;
  readonly onClose: () => void;
}

/** Until when it is out of the way. A text of the customer brings it back in any case. */
export default function SnoozeDialog({ conversation, onPick, onClose }: Props) {
  const [opened] = useState(() => new Date());
  const [own, setOwn] = useState('');
  const [error, setError] = useState<string | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const until = momentOf(own, new Date());
    if (until) onPick(until);
    else setError('Choose a time that is yet to come.');
  };
  return (
    <ModalDialog title={`Snooze ${contactTitle(conversation)}`} onClose={onClose}>
      <div className={styles.body}>
        <ul className={styles.choices}>
          {snoozeChoices(opened).map(({ id, label, until }, index) => (
            <li key={id}>
              <button
                type="button"
                className={styles.choice}
                // The dialog was asked for, and this is what is most likely wanted.
                autoFocus={index === 0}
                onClick={() => onPick(until)}
              >
                <span>{label}</span>
                {until !== null && <span className={styles.when}>{wakeTime(until, opened.getTime())}</span>}
              </button>
            </li>
          ))}
        </ul>
        <form className={styles.own} onSubmit={submit}>
          <Field
            label="Another time"
            type="datetime-local"
            value={own}
            error={error}
            onChange={(event) => {
              setOwn(event.target.value);
              setError(null);
            }}
          />
          <Button type="submit">Snooze</Button>
        </form>
        <p className={styles.note}>It comes back as new activity, and at once when the customer writes.</p>
      </div>
    </ModalDialog>
  );
}
