import { useMutation } from '@tanstack/react-query';
import { useEffect, useState, type FormEvent } from 'react';
import { api } from '../api/client.js';
import { sentenceOf } from '../api/problem.js';
import { formatPhone, toE164 } from '../format/phone.js';
import { useLive } from '../live/store.js';
import { TraceList } from '../thread/trace-list.js';
import { Button } from '../ui/button.js';
import { Field } from '../ui/field.js';
import styles from './routing-page.module.css';

/** What is no number is sent as it is: the answer then says so. */
const e164 = (text: string) => toE164(text) ?? text;

/** "Where would a text to N go?": asks the routing itself, and changes nothing. */
export function ExplainForm({ numbers }: { numbers: readonly string[] }) {
  const [to, setTo] = useState('');
  const [from, setFrom] = useState('+12125550199');
  const [text, setText] = useState('Hello');
  const inboxes = useLive((state) => state.inboxes) ?? [];
  const explain = useMutation({
    mutationFn: () => api.admin.explain({ to: e164(to), from: e164(from), text }),
  });
  const first = numbers[0];
  useEffect(() => {
    if (first) setTo((current) => (current === '' ? first : current));
  }, [first]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    explain.mutate();
  };
  const route = explain.data;
  const inbox = route && inboxes.find((each) => each.id === route.inboxId);

  return (
    <section className={styles.card} aria-labelledby="explain-title">
      <h2 id="explain-title" className={styles.heading}>
        Where would a text go?
      </h2>
      <form className={styles.form} onSubmit={submit}>
        <Field
          label="To"
          list="our-numbers"
          required
          value={to}
          onChange={(event) => setTo(event.target.value)}
        />
        <datalist id="our-numbers">
          {numbers.map((number) => (
            <option key={number} value={number}>
              {formatPhone(number)}
            </option>
          ))}
        </datalist>
        <Field
          label="From"
          type="tel"
          required
          value={from}
          onChange={(event) => setFrom(event.target.value)}
        />
        <Field label="Text" value={text} onChange={(event) => setText(event.target.value)} />
        <Button variant="primary" type="submit" busy={explain.isPending}>
          Explain
        </Button>
      </form>
      {explain.isError && (
        <p className={styles.error} role="alert">
          {sentenceOf(explain.error)}
        </p>
      )}
      {route && (
        <div className={styles.answer} aria-live="polite">
          <p className={styles.verdict}>
            It would land in <strong>{inbox?.name ?? route.inboxId}</strong>
            {route.autoReply ? ', and the customer would be answered:' : '.'}
          </p>
          {route.autoReply && <p className={styles.reply}>{route.autoReply}</p>}
          <TraceList steps={route.trace} />
        </div>
      )}
    </section>
  );
}
