import { WifiOff } from 'lucide-react';
import { useEffect, useState } from 'react';
import { clock } from '../format/time.js';
import { useConnection } from '../live/connection.js';
import { useLive } from '../live/store.js';
import styles from './offline-banner.module.css';

/** A hiccup of this length is not worth a word. */
const PATIENCE_MS = 1500;

export function OfflineBanner() {
  const { state, since } = useConnection();
  const waiting = useLive((live) =>
    [...live.timelines.values()].reduce((sum, timeline) => sum + timeline.outgoing.length, 0),
  );
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (state !== 'offline') {
      setLate(false);
      return undefined;
    }
    const timer = setTimeout(() => setLate(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [state]);
  if (!late || !since) return null;
  const rest = waiting > 0 ? `; ${waiting} message${waiting === 1 ? '' : 's'} waiting` : '';
  return (
    <div className={styles.banner} role="status">
      <WifiOff aria-hidden="true" />
      <span>
        Offline since {clock(since)}
        {rest}. What you see may be out of date.
      </span>
    </div>
  );
}
