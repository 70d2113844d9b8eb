import type { MappingTryOut as Tried } from '@partyline/contracts';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api/client.js';
import { sentenceOf } from '../api/problem.js';
import { Button } from '../ui/button.js';
import styles from './admin-page.module.css';
import { ReadEvents } from './read-events.js';

/** Something that came from the carrier. */
export interface Sample {
  readonly body: string;
  readonly query: string;
  readonly method?: 'GET' | 'POST';
  readonly contentType?: string;
}

interface Props {
  readonly mapping: string;
  readonly number: string;
  readonly sample: Sample | null;
}

/** What the mapping makes of something that came from the carrier, before it is saved. */
export function MappingTryOut({ mapping, number, sample }: Props) {
  const [body, setBody] = useState(sample?.body ?? '');
  const [query, setQuery] = useState(sample?.query ?? '');
  const tryIt = useMutation({
    mutationFn: () =>
      api.admin.carriers.tryMapping({
        mapping,
        body,
        ...(query && { query }),
        // Of a request that was recorded; somebody who types something else in has it guessed.
        ...(sample && body === sample.body && { method: sample.method, contentType: sample.contentType }),
        ...(number && { number }),
      }),
  });
  return (
    <fieldset className={styles.part}>
      <legend>Try the mapping</legend>
      <label className={styles.field}>
        <span>Body of a webhook, as it came</span>
        <textarea
          className={`${styles.select} ${styles.code}`}
          rows={5}
          spellCheck={false}
          value={body}
          onChange={({ target }) => setBody(target.value)}
        />
      </label>
      <label className={styles.field}>
        <span>What followed the ? in its address</span>
        <input className={styles.select} value={query} onChange={({ target }) => setQuery(target.value)} />
      </label>
      <div>
        <Button
          size="sm"
          busy={tryIt.isPending}
          reason={mapping === '' ? 'Write a mapping first.' : null}
          onPress={() => tryIt.mutate()}
        >
          Try it
        </Button>
      </div>
      <div role="status">
        {tryIt.isError && <p className={styles.error}>{sentenceOf(tryIt.error)}</p>}
        {tryIt.data && <Outcome tried={tryIt.data} />}
      </div>
    </fieldset>
  );
}

function Outcome({ tried }: { tried: Tried }) {
  if (!tried.ok) {
    return (
      <p className={styles.error}>
        {tried.about === 'mapping' ? 'The mapping cannot be used' : 'The mapping does not fit'}: {tried.error}
      </p>
    );
  }
  if (tried.events.length === 0) return <p>Nothing to keep in it.</p>;
  return <ReadEvents events={tried.events} />;
}
