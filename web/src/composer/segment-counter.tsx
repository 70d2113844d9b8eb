import { useDeferredValue, useMemo } from 'react';
import styles from './composer.module.css';
import { segmentsOf } from './segments.js';

const SHOWN_CULPRITS = 4;

/** What a text costs: carriers bill by the segment, and one emoji can double the number. */
export default function SegmentCounter({ text }: { text: string }) {
  const deferred = useDeferredValue(text);
  const { encoding, segments, used, room, culprits } = useMemo(() => segmentsOf(deferred), [deferred]);
  // Of an empty text there is nothing to count.
  if (segments === 0) return null;
  const named = culprits.slice(0, SHOWN_CULPRITS).map((each) => `“${each}”`);
  const more = culprits.length - named.length;
  return (
    <p className={styles.segments}>
      {segments} segment{segments === 1 ? '' : 's'} ·{' '}
      <span className={styles.numbers}>
        {used}/{room}
      </span>{' '}
      {encoding}
      {culprits.length > 0 && (
        <span className={styles.culprits}>
          {' '}
          · {named.join(' ')}
          {more > 0 ? ` and ${more} more` : ''} {culprits.length === 1 ? 'makes' : 'make'} segments shorter
        </span>
      )}
    </p>
  );
}
