import { USUAL_QUIET_HOURS, type QuietHours as Hours } from '@partyline/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api/client.js';
import { sentenceOf } from '../api/problem.js';
import { announce } from '../state/announcer.js';
import { toast } from '../state/toasts.js';
import { Button } from '../ui/button.js';
import styles from './admin-page.module.css';
import layout from './quiet-hours.module.css';

const KEY = ['admin', 'quiet-hours'];

/** When nobody writes to customers without being warned. */
export function QuietHours() {
  const settings = useQuery({ queryKey: KEY, queryFn: api.admin.quietHours.get });
  return (
    <section className={styles.card} aria-labelledby="quiet-hours">
      <h2 id="quiet-hours" className={styles.heading}>
        Quiet hours
      </h2>
      <p className={styles.lead}>
        Whoever writes to a customer in these hours, by the clock where the customer’s number is from, is
        warned first. Nothing is held back, and who wrote within the last half hour is taken to be awake.
      </p>
      {settings.isSuccess && <Form key={JSON.stringify(settings.data.hours)} hours={settings.data.hours} />}
      {settings.isError && <p className={styles.sub}>{sentenceOf(settings.error)}</p>}
    </section>
  );
}

function Form({ hours }: { hours: Hours | null }) {
  const queries = useQueryClient();
  const [on, setOn] = useState(hours !== null);
  const [times, setTimes] = useState(hours ?? USUAL_QUIET_HOURS);
  const change = useMutation({
    mutationFn: () => api.admin.quietHours.change({ hours: on ? times : null }),
    onSuccess: (changed) => {
      queries.setQueryData(KEY, changed);
      void queries.invalidateQueries({ queryKey: ['contact-time'] });
      announce('Quiet hours are changed');
    },
    onError: (error) => toast('error', sentenceOf(error)),
  });
  const wanted = on ? times : null;
  const same = JSON.stringify(wanted) === JSON.stringify(hours);
  return (
    <form
      className={layout.form}
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate();
      }}
    >
      <label className={styles.check}>
        <input type="checkbox" checked={on} onChange={() => setOn(!on)} />
        Warn in quiet hours
      </label>
      {(['from', 'to'] as const).map((end) => (
        <label key={end} className={styles.field}>
          {end === 'from' ? 'From' : 'Until'}
          <input
            type="time"
            className={styles.select}
            required
            disabled={!on}
            value={times[end]}
            onChange={({ target }) => setTimes({ ...times, [end]: target.value })}
          />
        </label>
      ))}
      <Button
        variant="primary"
        type="submit"
        busy={change.isPending}
        reason={same ? 'Nothing is changed.' : null}
      >
        Save
      </Button>
    </form>
  );
}
