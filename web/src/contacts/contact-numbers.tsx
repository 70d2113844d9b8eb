import type { ContactDetail } from '@partyline/contracts';
import { formatPhone } from '../format/phone.js';
import { dayHeading } from '../format/time.js';
import { useNow } from '../state/clock.js';
import styles from './contact-page.module.css';

/** Each number, and from which of ours it wants no texts. */
export function ContactNumbers({ contact }: { contact: ContactDetail }) {
  const now = useNow();
  return (
    <section className={styles.part} aria-label="Numbers">
      <h2 className={styles.heading}>Numbers</h2>
      {contact.numbers.length === 0 && <p className={styles.nothing}>None.</p>}
      <ul className={styles.numbers}>
        {contact.numbers.map((number) => {
          const outs = contact.optOuts.filter(({ peer }) => peer === number);
          return (
            <li key={number} className={styles.number}>
              <span className={styles.digits}>{formatPhone(number)}</span>
              {outs.map((out) => (
                <span key={out.number} className={styles.out}>
                  Opted out of {formatPhone(out.number)} with “{out.keyword}”, {dayHeading(out.since, now)}
                </span>
              ))}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
