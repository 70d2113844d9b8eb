import type { CarrierAccountView } from '@partyline/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { RadioTower } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { api } from '../api/client.js';
import { sentenceOf } from '../api/problem.js';
import { ago, fullMoment } from '../format/time.js';
import { useNow } from '../state/clock.js';
import { toast } from '../state/toasts.js';
import { Button } from '../ui/button.js';
import styles from './admin-page.module.css';
import { CarrierAccountDialog } from './carrier-account-dialog.js';
import {
  ACCOUNTS,
  ALERTS,
  FAILING,
  healthOf,
  QUIET,
  SENDING,
  sendingOf,
  stateOf,
} from './carrier-accounts.js';
import { CarrierComparison } from './carrier-comparison.js';
import { CarrierRefusals } from './carrier-refusals.js';
import { CarrierSecretsDialog } from './carrier-secrets-dialog.js';
import { ListCard } from './list-card.js';
import type { Sample } from './mapping-try-out.js';
import { QuietNumberLine } from './quiet-number-line.js';

const CarrierRecording = lazy(() => import('./carrier-recording.js'));

type Open =
  | { readonly what: 'account'; readonly account: CarrierAccountView | null; readonly sample?: Sample }
  | { readonly what: 'secrets' | 'refused' | 'recording'; readonly account: CarrierAccountView };

const LOOK_AGAIN_MS = 30_000;

/** The company's accounts at its carriers: what comes in through them, and what they need to be trusted. */
export default function CarriersPage() {
  const queries = useQueryClient();
  const [open, setOpen] = useState<Open | null>(null);
  const accounts = useQuery({
    queryKey: ACCOUNTS,
    queryFn: api.admin.carrierAccounts.list,
    refetchInterval: LOOK_AGAIN_MS,
  });
  const sending = useQuery({
    queryKey: SENDING,
    queryFn: api.admin.carrierAccounts.sending,
    refetchInterval: LOOK_AGAIN_MS,
  });
  const quiet = useQuery({
    queryKey: QUIET,
    queryFn: api.admin.quietNumbers.list,
    refetchInterval: LOOK_AGAIN_MS,
  });
  const alerts = useQuery({
    queryKey: ALERTS,
    queryFn: api.admin.carrierAccounts.alerts,
    refetchInterval: LOOK_AGAIN_MS,
  });
  const turn = useMutation({
    mutationFn: ({ id, active }: CarrierAccountView) =>
      api.admin.carrierAccounts.change(id, { active: !active }),
    onError: (error: Error) => toast('error', sentenceOf(error)),
    onSettled: () => queries.invalidateQueries({ queryKey: ACCOUNTS }),
  });
  const now = useNow();
  const close = () => setOpen(null);
  return (
    <>
      <ListCard
        title="Carrier accounts"
        lead="Through these texts come in and replies go out. Give the webhook address, where there is one, to the carrier."
        add={{ label: 'Add an account', act: () => setOpen({ what: 'account', account: null }) }}
        what="the carrier accounts"
        items={accounts}
        none={{
          icon: <RadioTower />,
          title: 'No carrier yet',
          text: 'Add the account that your numbers are with.',
        }}
      >
        {(all) => (
          <ul className={styles.list}>
            {all.map((account) => {
              const failing = alerts.data?.filter(({ accountId }) => accountId === account.id) ?? [];
              const { word, tone, why } = failing.length > 0 ? FAILING : stateOf(account, now);
              const { landed, open: onTheirWay } = account.counters;
              const health = sending.data?.find(({ accountId }) => accountId === account.id);
              const went = health && sendingOf(health);
              return (
                <li key={account.id} className={styles.item}>
                  <div className={styles.itemHead}>
                    <strong className={styles.address}>{account.name}</strong>
                    <span className={styles.state} data-tone={tone}>
                      {word}
                    </span>
                  </div>
                  <p className={styles.sub}>
                    {account.carrier} · last {account.bind ? 'text or receipt' : 'webhook'}{' '}
                    {account.lastWebhookAt === null ? 'never' : ago(account.lastWebhookAt, now)} ·{' '}
                    {landed.toLocaleString()} landed{onTheirWay > 0 && `, ${onTheirWay} on their way`}
                  </p>
                  <p className={styles.sub}>{healthOf(account, health, now)}</p>
                  {went && <p className={went.alarming ? styles.error : styles.sub}>{went.line}</p>}
                  {why !== null && <p className={tone === 'bad' ? styles.error : styles.sub}>{why}</p>}
                  {failing.map(({ id, title, body }) => (
                    <p key={id} className={styles.error}>
                      <strong>{title}.</strong> {body}
                    </p>
                  ))}
                  {quiet.data
                    ?.filter(({ accountId }) => accountId === account.id)
                    .map((number) => (
                      <QuietNumberLine key={number.number} number={number} />
                    ))}
                  {account.bind ? (
                    <BindLine bind={account.bind} now={now} />
                  ) : (
                    <code className={styles.secret} aria-label={`Webhook address of ${account.name}`}>
                      {account.webhookUrl}
                    </code>
                  )}
                  <CarrierComparison account={account} />
                  <div className={styles.actions}>
                    <Button size="sm" onPress={() => setOpen({ what: 'account', account })}>
                      Edit
                    </Button>
                    <Button size="sm" onPress={() => setOpen({ what: 'secrets', account })}>
                      Secrets
                    </Button>
                    <Button size="sm" onPress={() => setOpen({ what: 'refused', account })}>
                      {account.bind ? 'Refused texts' : 'Refused webhooks'}
                    </Button>
                    {!account.bind && (
                      <Button size="sm" onPress={() => setOpen({ what: 'recording', account })}>
                        What arrives
                      </Button>
                    )}
                    <Button size="sm" onPress={() => turn.mutate(account)}>
                      {account.active ? 'Turn off' : 'Turn on'}
                    </Button>
                  </div>
                </li>
              );
            })}
          </ul>
        )}
      </ListCard>
      <Suspense>
        {open?.what === 'account' && (
          <CarrierAccountDialog account={open.account} sample={open.sample ?? null} onClose={close} />
        )}
        {open?.what === 'recording' && (
          <CarrierRecording
            account={open.account}
            onTry={(sample) => setOpen({ what: 'account', account: open.account, sample })}
            onClose={close}
          />
        )}
        {open?.what === 'secrets' && <CarrierSecretsDialog accountId={open.account.id} onClose={close} />}
        {open?.what === 'refused' && <CarrierRefusals account={open.account} onClose={close} />}
      </Suspense>
    </>
  );
}

/** Since when the connection to the carrier stands, and why it broke the last time. */
function BindLine({ bind, now }: { bind: NonNullable<CarrierAccountView['bind']>; now: number }) {
  if (!bind.bound || bind.since === null) return null;
  return (
    <p className={styles.sub}>
      Receiving since {fullMoment(bind.since)}
      {bind.problem !== null &&
        bind.problemAt !== null &&
        ` · the last problem ${ago(bind.problemAt, now)}: ${bind.problem}`}
    </p>
  );
}
