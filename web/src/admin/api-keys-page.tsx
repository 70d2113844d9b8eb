import { PERMISSION_WORDS, type ApiKeyView } from '@partyline/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { CloudOff, KeyRound, Plus } from 'lucide-react';
import { Suspense, useState } from 'react';
import { api } from '../api/client.js';
import { sentenceOf } from '../api/problem.js';
import { ago } from '../format/time.js';
import { useNow } from '../state/clock.js';
import { toast } from '../state/toasts.js';
import { Button } from '../ui/button.js';
import { Empty, Skeleton } from '../ui/placeholder.js';
import styles from './admin-page.module.css';
import { ApiKeyDialog } from './api-key-dialog.js';

const KEYS = ['admin', 'api-keys'];

/** What machines sign in with. */
export default function ApiKeysPage() {
  const queries = useQueryClient();
  const [adding, setAdding] = useState(false);
  const keys = useQuery({ queryKey: KEYS, queryFn: api.admin.apiKeys.list });
  const revoke = useMutation({
    mutationFn: ({ id }: ApiKeyView) => api.admin.apiKeys.revoke(id),
    onSuccess: (_, { name }) => toast('success', `${name} was revoked: it is let in nowhere any more.`),
    onError: (error) => toast('error', sentenceOf(error)),
    onSettled: () => queries.invalidateQueries({ queryKey: KEYS }),
  });
  const now = useNow();
  return (
    <section className={styles.card} aria-labelledby="keys-title">
      <div className={styles.head}>
        <div>
          <h2 id="keys-title" className={styles.heading}>
            API keys
          </h2>
          <p className={styles.lead}>
            For machines. A key acts under its own name. The API is described at{' '}
            <a href="/docs" target="_blank" rel="noreferrer">
              /docs
            </a>
            .
          </p>
        </div>
        <Button icon={<Plus />} onPress={() => setAdding(true)}>
          Make a key
        </Button>
      </div>
      {keys.isPending ? (
        <Skeleton rows={3} label="Loading the keys" />
      ) : keys.isError ? (
        <Empty
          icon={<CloudOff />}
          title="The keys did not load"
          action={{ label: 'Try again', act: () => void keys.refetch() }}
        >
          {sentenceOf(keys.error)}
        </Empty>
      ) : keys.data.length === 0 ? (
        <Empty icon={<KeyRound />} title="There are no keys">
          A script or another system needs one to use the API.
        </Empty>
      ) : (
        <div className={styles.scroll}>
          <table className={`${styles.table} ${styles.stack}`}>
            <thead>
              <tr>
                <th scope="col">Key</th>
                <th scope="col">May</th>
                <th scope="col">State</th>
                <th scope="col">
                  <span className="visually-hidden">Actions</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {keys.data.map((key) => {
                const state = stateOf(key, now);
                return (
                  <tr key={key.id}>
                    <th scope="row">
                      {key.name}
                      <span className={styles.sub}>{key.prefix}…</span>
                      <span className={styles.sub}>
                        by {key.createdBy.name}, {ago(key.createdAt, now)}
                      </span>
                    </th>
                    <td className={styles.words}>
                      {key.scopes.map((scope) => PERMISSION_WORDS[scope].label).join(' · ')}
                    </td>
                    <td>
                      <span className={styles.state} data-tone={state.tone}>
                        {state.word}
                      </span>
                      <span className={styles.sub}>
                        {key.lastUsedAt ? `Used ${ago(key.lastUsedAt, now)}` : 'Never used'}
                      </span>
                    </td>
                    <td className={styles.end}>
                      {state.tone === 'good' && (
                        <Button
                          size="sm"
                          variant="danger"
                          busy={revoke.isPending && revoke.variables.id === key.id}
                          onPress={() => revoke.mutate(key)}
                        >
                          Revoke
                        </Button>
                      )}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
      {adding && (
        <Suspense>
          <ApiKeyDialog onClose={() => setAdding(false)} />
        </Suspense>
      )}
    </section>
  );
}

function stateOf(key: ApiKeyView, now: number): { readonly word: string; readonly tone: 'good' | 'bad' } {
  if (key.revokedAt) return { word: 'Revoked', tone: 'bad' };
  if (key.expiresAt === null) return { word: 'Good', tone: 'good' };
  const left = Date.parse(key.expiresAt) - now;
  if (left <= 0) return { word: 'Expired', tone: 'bad' };
  const days = Math.ceil(left / 86_400_000);
  return { word: days === 1 ? 'Good for a day' : `Good for ${days} days`, tone: 'good' };
}
