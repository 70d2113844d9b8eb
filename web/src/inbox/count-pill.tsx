import { shownCount } from '../format/names.js';
import styles from './indicator.module.css';

/** New activity as a number: blue with a dot for Unassigned, green with a ring for one's own. */
export function CountPill({ tone, count, name }: { tone: 'blue' | 'green'; count: number; name: string }) {
  if (count === 0) return null;
  return (
    <span
      className={styles.pill}
      data-tone={tone}
      role="img"
      aria-label={`${name}, ${shownCount(count)} new`}
    >
      <span className={styles.mark} />
      {shownCount(count)}
    </span>
  );
}
