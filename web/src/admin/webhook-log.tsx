import type { Webhook, WebhookDelivery } from '@partyline/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { CloudOff, Send } from 'lucide-react';
import { api } from '../api/client.js';
import { sentenceOf } from '../api/problem.js';
import { ago } from '../format/time.js';
import { useNow } from '../state/clock.js';
import { toast } from '../state/toasts.js';
import { Button } from '../ui/button.js';
import { ModalDialog } from '../ui/lazy.js';
import { Empty, Skeleton } from '../ui/placeholder.js';
import styles from './admin-page.module.css';

const EVERY_MS = 5000;
const TONE = { delivered: 'good', failed: 'bad', pending: undefined } as const;
const WORD = { delivered: 'Arrived', failed: 'Given up', pending: 'On its way' } as const;

/** What was sent to an endpoint of late, and what became of it. */
export function WebhookLog({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const queries = useQueryClient();
  const key = ['admin', 'webhooks', webhook.id, 'deliveries'];
  const log = useQuery({
    queryKey: key,
    queryFn: () => api.admin.webhooks.deliveries(webhook.id, 50),
    refetchInterval: EVERY_MS,
  });
  const resend = useMutation({
    mutationFn: ({ id }: WebhookDelivery) => api.admin.webhooks.resend(webhook.id, id),
    onError: (error) => toast('error', sentenceOf(error)),
    onSettled: () => queries.invalidateQueries({ queryKey: key }),
  });
  const now = useNow();
  return (
    <ModalDialog title={`Sent to ${webhook.description || webhook.url}`} onClose={onClose} size="lg">
      {log.isPending ? (
        <Skeleton rows={4} label="Loading the deliveries" />
      ) : log.isError ? (
        <Empty icon={<CloudOff />} title="The deliveries did not load">
          {sentenceOf(log.error)}
        </Empty>
      ) : log.data.length === 0 ? (
        <Empty icon={<Send />} title="Nothing was sent yet">
          What happens in an inbox from now on is.
        </Empty>
      ) : (
        <ul className={`${styles.list} ${styles.inDialog}`}>
          {log.data.map((delivery) => {
            const last = delivery.tries.at(-1);
            return (
              <li key={delivery.id} className={styles.item}>
                <div className={styles.itemHead}>
                  <strong>{delivery.type}</strong>
                  <span className={styles.state} data-tone={TONE[delivery.state]}>
                    {WORD[delivery.state]}
                  </span>
                </div>
                <p className={styles.sub}>
                  {ago(delivery.createdAt, now)}, {delivery.attempts}{' '}
                  {delivery.attempts === 1 ? 'attempt' : 'attempts'}
                  {last && ` · ${last.error ?? `answered ${last.status} in ${last.ms} ms`}`}
                </p>
                <div className={styles.actions}>
                  <Button
                    size="sm"
                    busy={resend.isPending && resend.variables.id === delivery.id}
                    onPress={() => resend.mutate(delivery)}
                  >
                    Send again
                  </Button>
                </div>
              </li>
            );
          })}
        </ul>
      )}
    </ModalDialog>
  );
}
