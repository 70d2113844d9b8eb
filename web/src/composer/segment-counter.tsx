import { segmentsOf } from '@partyline/carriers/segments';
import { skipToken, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useMemo } from 'react';
import { api } from '../api/client.js';
import styles from './composer.module.css';
import { costWords, sentText } from './cost-words.js';

const SHOWN_CULPRITS = 4;
/** Prices change once in a while, and this is an estimate. */
const STALE_MS = 10 * 60_000;

interface Props {
  /** null: there is none yet, so nobody knows what it costs. */
  readonly conversationId: string | null;
  readonly text: string;
  readonly files: number;
}

/** What a text costs: carriers bill by the segment, and one emoji can double the number. */
export default function SegmentCounter({ conversationId, text, files }: Props) {
  const deferred = useDeferredValue(text);
  const price = useQuery({
    queryKey: ['price', conversationId],
    queryFn: conversationId === null ? skipToken : () => api.conversations.price(conversationId),
    staleTime: STALE_MS,
    enabled: deferred !== '' || files > 0,
  });
  const sent = sentText(deferred, files, price.data);
  const { encoding, segments, used, room, culprits } = useMemo(() => segmentsOf(sent), [sent]);
  const cost = price.data ? costWords(price.data, { segments, files }) : null;
  const money = cost !== null && <span className={styles.numbers}>{cost}</span>;
  // Of an empty text there is nothing to count.
  if (segments === 0) return files > 0 && money ? <p className={styles.segments}>{money}</p> : null;
  const named = culprits.slice(0, SHOWN_CULPRITS).map((each) => `“${each}”`);
  const more = culprits.length - named.length;
  return (
    <p className={styles.segments}>
      {segments} segment{segments === 1 ? '' : 's'}
      {money && <>, {money}</>} ·{' '}
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
