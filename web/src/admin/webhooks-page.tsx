import type { Webhook } from '@partyline/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Webhook as WebhookIcon } from 'lucide-react';
import { Suspense, useState } from 'react';
import { api } from '../api/client.js';
import { sentenceOf } from '../api/problem.js';
import { ago } from '../format/time.js';
import { useNow } from '../state/clock.js';
import { toast } from '../state/toasts.js';
import { Button } from '../ui/button.js';
import { ModalDialog } from '../ui/lazy.js';
import styles from './admin-page.module.css';
import { ListCard } from './list-card.js';
import { SecretOnce } from './secret-once.js';
import { WebhookDialog } from './webhook-dialog.js';
import { WebhookLog } from './webhook-log.js';
import { useAttemptKey } from './use-attempt-key.js';

const WEBHOOKS = ['admin', 'webhooks'];

/** Other systems that are told what happens in the inboxes. */
export default function WebhooksPage() {
  const queries = useQueryClient();
  const [adding, setAdding] = useState(false);
  const [logOf, setLogOf] = useState<Webhook | null>(null);
  const webhooks = useQuery({ queryKey: WEBHOOKS, queryFn: api.admin.webhooks.list });
  const settled = {
    onError: (error: Error) => toast('error', sentenceOf(error)),
    onSettled: () => queries.invalidateQueries({ queryKey: WEBHOOKS }),
  };
  const turn = useMutation({
    mutationFn: ({ id, active }: Webhook) => api.admin.webhooks.change(id, { active: !active }),
    ...settled,
  });
  const remove = useMutation({ mutationFn: ({ id }: Webhook) => api.admin.webhooks.remove(id), ...settled });
  const attempt = useAttemptKey();
  const rotate = useMutation({
    mutationFn: ({ id }: Webhook) => attempt((key) => api.admin.webhooks.rotate(id, key)),
    ...settled,
  });
  const now = useNow();
  return (
    <>
      <ListCard
        title="Webhooks"
        lead="Tell another system what happens in the inboxes. Signed by Standard Webhooks. Notes are never sent."
        add={{ label: 'Add a webhook', act: () => setAdding(true) }}
        what="the webhooks"
        items={webhooks}
        none={{
          icon: <WebhookIcon />,
          title: 'Nobody is told',
          text: 'Add the address of a system that should hear of new texts, owners and replies.',
        }}
      >
        {(all) => (
          <ul className={styles.list}>
            {all.map((webhook) => {
              const state = stateOf(webhook, now);
              return (
                <li key={webhook.id} className={styles.item}>
                  <div className={styles.itemHead}>
                    <strong className={styles.address}>{webhook.description || webhook.url}</strong>
                    <span className={styles.state} data-tone={state.tone}>
                      {state.word}
                    </span>
                  </div>
                  {webhook.description && <p className={styles.sub}>{webhook.url}</p>}
                  <p className={styles.sub}>{webhook.events.join(' · ')}</p>
                  {webhook.disabledBecause && <p className={styles.error}>{webhook.disabledBecause}</p>}
                  <div className={styles.actions}>
                    <Button size="sm" onPress={() => setLogOf(webhook)}>
                      Deliveries
                    </Button>
                    <Button size="sm" onPress={() => turn.mutate(webhook)}>
                      {webhook.active ? 'Turn off' : 'Turn on'}
                    </Button>
                    <Button
                      size="sm"
                      hint="The old secret holds for one more day."
                      onPress={() => rotate.mutate(webhook)}
                    >
                      New secret
                    </Button>
                    <Button size="sm" variant="danger" onPress={() => remove.mutate(webhook)}>
                      Remove
                    </Button>
                  </div>
                </li>
              );
            })}
          </ul>
        )}
      </ListCard>
      <Suspense>
        {adding && <WebhookDialog onClose={() => setAdding(false)} />}
        {logOf && <WebhookLog webhook={logOf} onClose={() => setLogOf(null)} />}
        {rotate.data && (
          <ModalDialog title="The new secret" onClose={rotate.reset} size="md">
            <SecretOnce secret={rotate.data.secret} what="secret" onClose={rotate.reset} />
          </ModalDialog>
        )}
      </Suspense>
    </>
  );
}

function stateOf(webhook: Webhook, now: number): { word: string; tone: 'good' | 'bad' | undefined } {
  if (!webhook.active) return { word: 'Off', tone: webhook.disabledBecause ? 'bad' : undefined };
  if (webhook.failingSince) return { word: `Failing, began ${ago(webhook.failingSince, now)}`, tone: 'bad' };
  return { word: 'On', tone: 'good' };
}
