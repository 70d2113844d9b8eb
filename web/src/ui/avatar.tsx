import { hueOf, initials } from '../format/names.js';
import styles from './avatar.module.css';

/** A round sign of a person. Decoration: their name always stands beside it. */
export function Avatar({
  name,
  size = 28,
  number = false,
}: {
  name: string;
  size?: number;
  number?: boolean;
}) {
  return (
    <span
      className={styles.avatar}
      aria-hidden="true"
      style={{ width: size, height: size, fontSize: size * 0.38, ['--hue' as string]: String(hueOf(name)) }}
    >
      {number ? '#' : initials(name)}
    </span>
  );
}
