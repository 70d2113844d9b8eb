import { ChevronRight } from 'lucide-react';
import { formatPhone } from '../format/phone.js';
import { rowTime } from '../format/time.js';
import { useNow } from '../state/clock.js';
import { Skeleton } from '../ui/placeholder.js';
import { Avatar } from '../ui/avatar.js';
import type { SimNumber, SimThread } from './phone-api.js';
import styles from './phone.module.css';

interface Props {
  readonly threads: readonly SimThread[] | undefined;
  readonly numbers: readonly SimNumber[] | undefined;
  readonly error: Error | null;
  readonly onRetry: () => void;
  readonly onOpen: (number: string) => void;
}

/** Threads that there are, then the company's numbers that were never written to. */
export function ThreadList({ threads, numbers, error, onRetry, onOpen }: Props) {
  const now = useNow();
  const fresh = (numbers ?? []).filter(({ number }) => !threads?.some((thread) => thread.number === number));
  return (
    <div className={styles.list}>
      <h2 className={styles.heading}>Messages</h2>
      {error && (
        <p className={styles.problem} role="alert">
          {error.message}{' '}
          <button type="button" onClick={onRetry}>
            Try again
          </button>
        </p>
      )}
      {!error && !threads && <Skeleton rows={4} label="Loading the threads" />}
      <ul>
        {(threads ?? []).map((thread) => (
          <li key={thread.number}>
            <button type="button" className={styles.row} onClick={() => onOpen(thread.number)}>
              <Avatar name={thread.name ?? thread.number} size={42} />
              <span className={styles.rowWords}>
                <span className={styles.rowTop}>
                  <span className={styles.rowName}>{thread.name ?? formatPhone(thread.number)}</span>
                  <time dateTime={thread.last.at}>{rowTime(thread.last.at, now)}</time>
                </span>
                <span className={styles.rowText}>
                  {thread.last.direction === 'out' ? 'You: ' : ''}
                  {thread.last.text || 'Picture'}
                </span>
              </span>
              <ChevronRight aria-hidden="true" />
            </button>
          </li>
        ))}
      </ul>
      {fresh.length > 0 && (
        <>
          <h3 className={styles.subheading}>Write to</h3>
          <ul>
            {fresh.map((number) => (
              <li key={number.number}>
                <button type="button" className={styles.row} onClick={() => onOpen(number.number)}>
                  <Avatar name={number.name} size={42} />
                  <span className={styles.rowWords}>
                    <span className={styles.rowTop}>
                      <span className={styles.rowName}>{number.name}</span>
                      <span className={styles.rowNumber}>{formatPhone(number.number)}</span>
                    </span>
                    <span className={styles.rowText}>{number.about}</span>
                  </span>
                  <ChevronRight aria-hidden="true" />
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
