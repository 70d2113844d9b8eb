import { Signal, SignalZero } from 'lucide-react';
import type { ReactNode } from 'react';
import { formatPhone } from '../format/phone.js';
import { clock } from '../format/time.js';
import { useNow } from '../state/clock.js';
import styles from './phone.module.css';

export function PhoneFrame({
  phone,
  linked,
  children,
}: {
  phone: string;
  linked: boolean;
  children: ReactNode;
}) {
  const now = useNow();
  return (
    <section className={styles.phone} aria-label={`Phone ${formatPhone(phone)}`}>
      <div className={styles.screen}>
        <div className={styles.status}>
          <span>{clock(new Date(now))}</span>
          <span className={styles.own}>{formatPhone(phone)}</span>
          <span role="img" aria-label={linked ? 'Connected' : 'No signal'}>
            {linked ? <Signal aria-hidden="true" /> : <SignalZero aria-hidden="true" />}
          </span>
        </div>
        {children}
      </div>
    </section>
  );
}
