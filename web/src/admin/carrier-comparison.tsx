import type { CarrierAccountView } from '@partyline/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../api/client.js';
import { sentenceOf } from '../api/problem.js';
import { ago } from '../format/time.js';
import { useNow } from '../state/clock.js';
import { toast } from '../state/toasts.js';
import { Button } from '../ui/button.js';
import styles from './admin-page.module.css';

const COMPARISONS = ['admin', 'reconciliations'];
const EVERY_MS = 5000;
/** How far back a comparison that somebody asks for goes. */
const HOURS = 48;

/** What comparing the carrier's own log with ours has come to; nothing where the carrier has none that can be read. */
export function CarrierComparison({ account }: { account: CarrierAccountView }) {
  const queries = useQueryClient();
  const all = useQuery({
    queryKey: COMPARISONS,
    queryFn: api.admin.reconciliations.list,
    refetchInterval: EVERY_MS,
  });
  const start = useMutation({
    mutationFn: () => api.admin.reconciliations.start(account.id, { hours: HOURS }),
    onError: (error: Error) => toast('error', sentenceOf(error)),
    onSettled: () => queries.invalidateQueries({ queryKey: COMPARISONS }),
  });
  const now = useNow();
  const own = all.data?.find(({ accountId, sharedWith }) => [accountId, ...sharedWith].includes(account.id));
  if (!own) return null;
  const { running, last, problem } = own;
  return (
    <div className={styles.itemHead}>
      <p className={styles.sub} role="status">
        {problem
          ? `Comparison with the carrier’s log: ${problem.message}`
          : running
            ? `Comparing with the carrier’s log: ${running.compared.toLocaleString()} looked at …`
            : last
              ? `Compared with the carrier’s log ${ago(last.finishedAt, now)}: ${last.textsHealed} texts brought in, ${last.repliesSettled} replies settled, ${last.textsMissing} still missing.`
              : 'Not compared with the carrier’s log yet.'}
      </p>
      <Button size="sm" busy={start.isPending || running !== null} onPress={() => start.mutate()}>
        Compare now
      </Button>
    </div>
  );
}
