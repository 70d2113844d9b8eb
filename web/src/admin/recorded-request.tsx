import type { CarrierAccountView, RecordedRequest } from '@partyline/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api/client.js';
import { sentenceOf } from '../api/problem.js';
import { clock } from '../format/time.js';
import { Button } from '../ui/button.js';
import { Skeleton } from '../ui/placeholder.js';
import styles from './admin-page.module.css';
import { ACCOUNTS } from './carrier-accounts.js';
import type { Sample } from './mapping-try-out.js';
import { ReadEvents } from './read-events.js';

const WORDS: Readonly<Record<RecordedRequest['outcome'], string>> = {
  accepted: 'Taken',
  handshake: 'Handshake answered',
  bad_signature: 'The signature does not fit',
  malformed: 'Not understood',
  too_large: 'Too large',
  unknown_account: 'Refused: the account is off',
  unavailable: 'Not stored, to come again',
  overloaded: 'Too much at once, to come again',
};

interface Props {
  readonly account: CarrierAccountView;
  readonly request: RecordedRequest;
  readonly onTry: (sample: Sample) => void;
}

/** One request, and all of it when somebody opens it. */
export function RecordedRequestItem({ account, request, onTry }: Props) {
  const [open, setOpen] = useState(false);
  const { outcome, method, path, query, status, ms, bytes, why } = request;
  const good = outcome === 'accepted' || outcome === 'handshake';
  return (
    <li className={styles.item}>
      <div className={styles.itemHead}>
        <strong>{WORDS[outcome]}</strong>
        <span className={styles.state} data-tone={good ? 'good' : 'bad'}>
          {status} in {ms} ms
        </span>
      </div>
      <p className={styles.sub}>
        {clock(request.at)} · {method} {path}
        {query && `?${query}`} · {bytes.toLocaleString()} bytes
      </p>
      {why !== null && <p className={styles.sub}>{why}</p>}
      <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>All of it</summary>
        {open && <Detail account={account} request={request} onTry={onTry} />}
      </details>
    </li>
  );
}

function Detail({ account, request, onTry }: Props) {
  const detail = useQuery({
    queryKey: [...ACCOUNTS, account.id, 'recorded', request.id],
    queryFn: () => api.admin.carrierAccounts.recordedRequest(account.id, request.id),
    staleTime: Infinity,
  });
  if (detail.isPending) return <Skeleton rows={3} label="Loading the request" />;
  if (detail.isError) return <p className={styles.error}>{sentenceOf(detail.error)}</p>;
  const { headers, body, encoding, cut, events, answer, method, query } = detail.data;
  const sample: Sample = {
    body,
    query,
    ...((method === 'GET' || method === 'POST') && { method }),
    ...(headers['content-type'] && { contentType: headers['content-type'] }),
  };
  return (
    <div className={styles.part}>
      <strong>Headers</strong>
      <code className={styles.secret}>
        {Object.entries(headers).map(([name, value]) => (
          <span key={name} className={styles.line}>
            {name}: {value}
          </span>
        ))}
      </code>
      <strong>
        Body{encoding === 'base64' && ', in base64'}
        {cut && ', its beginning'}
      </strong>
      {body === '' ? (
        <p className={styles.sub}>None.</p>
      ) : (
        <code className={`${styles.secret} ${styles.asSent}`}>{body}</code>
      )}
      {events.length > 0 && (
        <>
          <strong>What was read in it</strong>
          <ReadEvents events={events} />
        </>
      )}
      <strong>Answer</strong>
      <p className={styles.sub}>
        {request.status} {answer.contentType} {answer.body}
      </p>
      {account.carrier === 'generic' && encoding === 'text' && (
        <div>
          <Button size="sm" onPress={() => onTry(sample)}>
            Try the mapping with it
          </Button>
        </div>
      )}
    </div>
  );
}
