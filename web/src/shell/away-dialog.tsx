import { useState, type FormEvent } from 'react';
import type { Availability } from '../api/types.js';
import { momentOf } from '../format/moment.js';
import snooze from '../thread/snooze-dialog.module.css';
import { Button } from '../ui/button.js';
import { Field } from '../ui/field.js';
import ModalDialog from '../ui/modal.js';

interface Props {
  readonly onPick: (availability: Availability, until: string) => void;
  readonly onClose: () => void;
}

/** Until when somebody is not there: then they are available again without having to think of it. */
export default function AwayDialog({ onPick, onClose }: Props) {
  const [availability, setAvailability] = useState<Availability>('out_of_office');
  const [until, setUntil] = useState('');
  const [error, setError] = useState<string | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const moment = momentOf(until, new Date());
    if (moment) onPick(availability, moment);
    else setError('Choose a time that is yet to come.');
  };
  return (
    <ModalDialog title="Not there until…" onClose={onClose}>
      <form className={snooze.body} onSubmit={submit}>
        {(['away', 'out_of_office'] as const).map((each) => (
          <label key={each}>
            <input
              type="radio"
              name="availability"
              checked={availability === each}
              onChange={() => setAvailability(each)}
            />{' '}
            {each === 'away' ? 'Away' : 'Out of office'}
          </label>
        ))}
        <Field
          label="Available again from"
          type="datetime-local"
          value={until}
          error={error}
          onChange={(event) => {
            setUntil(event.target.value);
            setError(null);
          }}
        />
        <Button type="submit">Set</Button>
        <p className={snooze.note}>
          Until then you are assigned nothing automatically and get no pushes. Some inboxes take back your
          open conversations while you are out of office.
        </p>
      </form>
    </ModalDialog>
  );
}
