import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { readStored, writeStored } from '../state/storage.js';
import { PhoneFrame } from './phone-frame.js';
import { phoneApi, type SimText } from './phone-api.js';
import { PhonePicker } from './phone-picker.js';
import styles from './simulator-page.module.css';
import { withText } from './texts.js';
import { ThreadList } from './thread-list.js';
import { ThreadView } from './thread-view.js';

const KEY = 'partyline.simulator.phone';
const DEFAULT_PHONE = '+12125550199';

/** A customer's phone, for the demo: texts go to Partyline through the simulated carrier, by signed HTTP. */
export default function SimulatorPage() {
  const queries = useQueryClient();
  const [phone, setPhone] = useState(() => readStored(KEY) ?? DEFAULT_PHONE);
  const [open, setOpen] = useState<string | null>(null);
  const [linked, setLinked] = useState(false);
  const numbers = useQuery({ queryKey: ['sim', 'numbers'], queryFn: phoneApi.numbers, staleTime: Infinity });
  const threads = useQuery({ queryKey: ['sim', 'threads', phone], queryFn: () => phoneApi.threads(phone) });

  useEffect(() => {
    document.title = 'Phone simulator · Partyline';
  }, []);
  useEffect(() => {
    const source = phoneApi.events(phone);
    source.addEventListener('open', () => {
      setLinked(true);
      // What happened while the line was down is not sent again.
      void queries.invalidateQueries({ queryKey: ['sim'] });
    });
    source.addEventListener('error', () => setLinked(false));
    source.addEventListener('text', (event: MessageEvent<string>) => {
      const text = JSON.parse(event.data) as SimText;
      queries.setQueryData<readonly SimText[]>(['sim', 'thread', phone, text.number], (known) =>
        known ? withText(known, text) : known,
      );
      void queries.invalidateQueries({ queryKey: ['sim', 'threads', phone] });
    });
    return () => source.close();
  }, [phone, queries]);

  const choose = (next: string) => {
    setPhone(next);
    setOpen(null);
    writeStored(KEY, next);
  };
  const business = numbers.data?.find((each) => each.number === open) ?? null;

  return (
    <main className={styles.page}>
      <section className={styles.side}>
        <h1 className={styles.title}>Phone simulator</h1>
        <p className={styles.lead}>
          You are a customer. Text one of the company's numbers and watch it arrive in{' '}
          <a href="/inboxes" target="_blank" rel="noreferrer">
            Partyline
          </a>
          ; replies come back here.
        </p>
        <PhonePicker key={phone} phone={phone} onChoose={choose} />
        <dl className={styles.magic}>
          <dt>Numbers that try out failures</dt>
          <dd>
            …0198 is switched off, …0197 is refused, …0195 never reports, …0194 leaves the carrier hanging.
          </dd>
        </dl>
      </section>
      <PhoneFrame phone={phone} linked={linked}>
        {open === null ? (
          <ThreadList
            threads={threads.data}
            numbers={numbers.data}
            error={threads.error ?? numbers.error}
            onRetry={() => void queries.invalidateQueries({ queryKey: ['sim'] })}
            onOpen={setOpen}
          />
        ) : (
          <ThreadView
            key={`${phone} ${open}`}
            phone={phone}
            number={open}
            name={business?.name ?? null}
            onBack={() => setOpen(null)}
          />
        )}
      </PhoneFrame>
    </main>
  );
}
