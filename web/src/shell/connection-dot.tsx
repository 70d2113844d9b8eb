import { clock } from '../format/time.js';
import { useConnection } from '../live/connection.js';
import styles from './connection-dot.module.css';

export function ConnectionDot() {
  const { state, since } = useConnection();
  const words =
    state === 'live'
      ? 'Live'
      : state === 'connecting' || !since
        ? 'Connecting'
        : `Offline since ${clock(since)}`;
  return (
    <span className={styles.dot} data-state={state} role="img" aria-label={words} title={words}>
      <span className={styles.core} />
    </span>
  );
}
