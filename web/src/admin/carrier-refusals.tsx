import type { CarrierAccountView } from '@partyline/contracts';
import { useQuery } from '@tanstack/react-query';
import { CloudOff, ShieldCheck } from 'lucide-react';
import { api } from '../api/client.js';
import { sentenceOf } from '../api/problem.js';
import { ago } from '../format/time.js';
import { useNow } from '../state/clock.js';
import { ModalDialog } from '../ui/lazy.js';
import { Empty, Skeleton } from '../ui/placeholder.js';
import styles from './admin-page.module.css';
import { ACCOUNTS } from './carrier-accounts.js';

const MOST = 50;

/** Webhooks that were not taken of late, and why. */
export function CarrierRefusals({ account, onClose }: { account: CarrierAccountView; onClose: () => void }) {
  const refused = useQuery({
    queryKey: [...ACCOUNTS, account.id, 'refused'],
    queryFn: () => api.admin.carrierAccounts.refusedWebhooks(account.id, MOST),
  });
  const now = useNow();
  const what = account.bind ? 'texts' : 'webhooks';
  return (
    <ModalDialog title={`Refused ${what} of ${account.name}`} onClose={onClose} size="lg">
      {refused.isPending ? (
        <Skeleton rows={4} label={`Loading the refused ${what}`} />
      ) : refused.isError ? (
        <Empty icon={<CloudOff />} title={`The refused ${what} did not load`}>
          {sentenceOf(refused.error)}
        </Empty>
      ) : refused.data.length === 0 ? (
        <Empty icon={<ShieldCheck />} title="None was refused">
          {account.bind
            ? 'Of late, every text was understood.'
            : 'Of late, every webhook was genuine and understood.'}
        </Empty>
      ) : (
        <ul className={`${styles.list} ${styles.inDialog}`}>
          {refused.data.map((one) => (
            <li key={one.correlationId} className={styles.item}>
              <div className={styles.itemHead}>
                <strong>
                  {one.kind === 'bad_signature' ? 'The signature does not fit' : 'Not understood'}
                </strong>
                <span className={styles.state} data-tone="bad">
                  {ago(one.at, now)}
                </span>
              </div>
              <p className={styles.sub}>{one.reason}</p>
              <details>
                <summary>
                  What came ({one.method}, {one.bytes.toLocaleString()} bytes)
                </summary>
                <code className={styles.secret}>{one.body}</code>
              </details>
            </li>
          ))}
        </ul>
      )}
    </ModalDialog>
  );
}
