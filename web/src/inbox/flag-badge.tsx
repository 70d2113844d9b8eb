import { Check, Flag } from 'lucide-react';
import { shownCount } from '../format/names.js';
import type { Indicator } from './indicator.js';
import styles from './indicator.module.css';

/** Flag (whose it is) and badge (what is new) of a conversation; colour, shape, letters and name all differ. */
export function FlagBadge({ indicator }: { indicator: Indicator }) {
  const { kind, owner, badge, count, name } = indicator;
  return (
    <span className={styles.signs} role="img" aria-label={name}>
      {badge && (
        <span className={styles.pill} data-tone={badge}>
          <span className={styles.mark} />
          {shownCount(count)}
        </span>
      )}
      {(kind === 'mine' || kind === 'other') && (
        <span className={styles.flag} data-kind={kind}>
          <Flag aria-hidden="true" />
          {owner}
        </span>
      )}
      {kind === 'done' && (
        <span className={styles.flag} data-kind="done">
          <Check aria-hidden="true" />
        </span>
      )}
    </span>
  );
}
