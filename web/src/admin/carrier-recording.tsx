import type { AccountRecording, CarrierAccountView } from '@partyline/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { CloudOff, Ear } from 'lucide-react';
import { useState } from 'react';
import { api } from '../api/client.js';
import { sentenceOf } from '../api/problem.js';
import { clock, long } from '../format/time.js';
import { useNow } from '../state/clock.js';
import { Button } from '../ui/button.js';
import { ModalDialog } from '../ui/lazy.js';
import { Empty, Skeleton } from '../ui/placeholder.js';
import styles from './admin-page.module.css';
import { ACCOUNTS } from './carrier-accounts.js';
import type { Sample } from './mapping-try-out.js';
import { RecordedRequestItem } from './recorded-request.js';

const EVERY_MS = 3000;
const TIMES = [
  [15, '15 minutes'],
  [60, '1 hour'],
  [4 * 60, '4 hours'],
  [24 * 60, '24 hours'],
] as const;

interface Props {
  readonly account: CarrierAccountView;
  readonly onTry: (sample: Sample) => void;
  readonly onClose: () => void;
}

/** Every request that comes to the account's address while an Admin wants to see them. */
export default function CarrierRecording({ account, onTry, onClose }: Props) {
  const queries = useQueryClient();
  const [minutes, setMinutes] = useState<number>(60);
  const key = [...ACCOUNTS, account.id, 'recording'];
  const shown = useQuery({
    queryKey: key,
    queryFn: () => api.admin.carrierAccounts.recording(account.id),
    refetchInterval: EVERY_MS,
  });
  const turn = useMutation({
    mutationFn: (act: 'start' | 'stop') =>
      act === 'start'
        ? api.admin.carrierAccounts.startRecording(account.id, { minutes })
        : api.admin.carrierAccounts.stopRecording(account.id),
    onSuccess: (recording) => queries.setQueryData<AccountRecording>(key, recording),
  });
  const now = useNow();
  const recording = shown.data?.recording ?? null;
  const requests = shown.data?.requests ?? [];
  return (
    <ModalDialog title={`What arrives for ${account.name}`} onClose={onClose} size="lg">
      <div className={styles.form}>
        <p className={styles.sub}>
          Keeps every request to this account’s address, taken or not, for three days. Passwords, keys and
          signatures are taken out before anything is kept; what customers wrote is not.
        </p>
        {recording?.on ? (
          <div className={styles.itemHead}>
            <p role="status">
              Recording for {long(Math.max(0, Date.parse(recording.until) - now))} more; {recording.kept} of{' '}
              {recording.mostRequests} requests so far.
            </p>
            <Button size="sm" busy={turn.isPending} onPress={() => turn.mutate('stop')}>
              Stop recording
            </Button>
          </div>
        ) : (
          <div className={styles.actions}>
            <label className={styles.check}>
              Record for
              <select
                className={styles.select}
                value={minutes}
                onChange={({ target }) => setMinutes(Number(target.value))}
              >
                {TIMES.map(([time, word]) => (
                  <option key={time} value={time}>
                    {word}
                  </option>
                ))}
              </select>
            </label>
            <Button variant="primary" busy={turn.isPending} onPress={() => turn.mutate('start')}>
              Start recording
            </Button>
            {requests.length > 0 && (
              <p className={styles.sub}>What is recorded below goes when a new recording starts.</p>
            )}
          </div>
        )}
        {turn.isError && (
          <p className={styles.error} role="alert">
            {sentenceOf(turn.error)}
          </p>
        )}
        {shown.isPending ? (
          <Skeleton rows={4} label="Loading what arrived" />
        ) : shown.isError ? (
          <Empty icon={<CloudOff />} title="What arrived did not load">
            {sentenceOf(shown.error)}
          </Empty>
        ) : requests.length === 0 ? (
          <Empty icon={<Ear />} title="Nothing recorded">
            {recording?.on
              ? `Since ${clock(recording.startedAt)} nothing came. Send a text to a number of this account.`
              : 'Start recording, then have the carrier send something.'}
          </Empty>
        ) : (
          <ul className={styles.list}>
            {requests.map((request) => (
              <RecordedRequestItem key={request.id} account={account} request={request} onTry={onTry} />
            ))}
          </ul>
        )}
      </div>
    </ModalDialog>
  );
}
