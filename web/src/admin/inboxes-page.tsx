import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { CloudOff, Inbox as InboxIcon } from 'lucide-react';
import { api } from '../api/client.js';
import { sentenceOf } from '../api/problem.js';
import { announce } from '../state/announcer.js';
import { toast } from '../state/toasts.js';
import { Empty, Skeleton } from '../ui/placeholder.js';
import styles from './admin-page.module.css';
import {
  limitOf,
  policyOf,
  RULES,
  type InboxPolicies,
  type InboxRecord,
  type RuleChoice,
} from './inbox-policy.js';
import { QuietHours } from './quiet-hours.js';

const INBOXES = ['admin', 'inboxes'];

/** What the shared inboxes do by themselves, and when customers are left in peace. */
export default function InboxesPage() {
  return (
    <>
      <SharedInboxes />
      <QuietHours />
    </>
  );
}

/** Who is given what nobody owns, and what happens when somebody is out. */
function SharedInboxes() {
  const queries = useQueryClient();
  const inboxes = useQuery({ queryKey: INBOXES, queryFn: api.admin.inboxes.list });
  const change = useMutation({
    mutationFn: ({ inbox, policies }: { inbox: InboxRecord; policies: InboxPolicies }) =>
      api.admin.inboxes.change(inbox.id, { ...policies, revision: inbox.revision }),
    onSuccess: (changed) => {
      queries.setQueryData<InboxRecord[]>(INBOXES, (all) =>
        all?.map((each) => (each.id === changed.id ? changed : each)),
      );
      announce(`${changed.name} is changed`);
    },
    onError: (error) => toast('error', sentenceOf(error)),
    onSettled: () => queries.invalidateQueries({ queryKey: INBOXES }),
  });
  if (inboxes.isPending) return <Skeleton rows={4} label="Loading the inboxes" />;
  if (inboxes.isError) {
    return (
      <Empty
        icon={<CloudOff />}
        title="The inboxes did not load"
        action={{ label: 'Try again', act: () => void inboxes.refetch() }}
      >
        {sentenceOf(inboxes.error)}
      </Empty>
    );
  }
  const shared = inboxes.data
    .filter(({ kind, active }) => kind === 'shared' && active)
    .map((inbox) =>
      change.isPending && change.variables.inbox.id === inbox.id
        ? { ...inbox, ...change.variables.policies }
        : inbox,
    );
  return (
    <section className={styles.card} aria-labelledby="inboxes-title">
      <div className={styles.head}>
        <div>
          <h2 id="inboxes-title" className={styles.heading}>
            Shared inboxes
          </h2>
          <p className={styles.lead}>
            Only members who are available are given anything, and never more than the limit. What is left
            waits in Unassigned.
          </p>
        </div>
      </div>
      {shared.length === 0 ? (
        <Empty icon={<InboxIcon />} title="There are no shared inboxes yet">
          One comes with each department, ring group and welcome menu.
        </Empty>
      ) : (
        <div className={styles.scroll}>
          <table className={`${styles.table} ${styles.stack}`}>
            <thead>
              <tr>
                <th scope="col">Inbox</th>
                <th scope="col">Who gets new conversations</th>
                <th scope="col">Open at once</th>
                <th scope="col">Out of office</th>
              </tr>
            </thead>
            <tbody>
              {shared.map((inbox) => (
                <Row
                  key={`${inbox.id} ${inbox.revision}`}
                  inbox={inbox}
                  busy={change.isPending}
                  onChange={(policies) => change.mutate({ inbox, policies })}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

interface RowProps {
  readonly inbox: InboxRecord;
  readonly busy: boolean;
  readonly onChange: (policies: InboxPolicies) => void;
}

function Row({ inbox, busy, onChange }: RowProps) {
  const { name, autoAssign = null, returnWhenAway = false } = inbox;
  const setLimit = (field: HTMLInputElement) => {
    const limit = limitOf(field.value);
    if (limit === null) field.value = String(autoAssign?.limit ?? '');
    else if (autoAssign && limit !== autoAssign.limit) onChange({ autoAssign: { ...autoAssign, limit } });
  };
  return (
    <tr>
      <th scope="row">{name}</th>
      <td data-label="Who gets new conversations">
        <select
          className={styles.select}
          aria-label={`Who gets new conversations of ${name}`}
          disabled={busy}
          value={autoAssign?.rule ?? 'off'}
          onChange={({ target }) =>
            onChange({ autoAssign: policyOf(target.value as RuleChoice, autoAssign) })
          }
        >
          {Object.entries(RULES).map(([rule, label]) => (
            <option key={rule} value={rule}>
              {label}
            </option>
          ))}
        </select>
      </td>
      <td data-label="Open at once">
        {autoAssign ? (
          <input
            type="number"
            className={styles.select}
            aria-label={`Open conversations at once for each member of ${name}`}
            min={1}
            max={99}
            disabled={busy}
            defaultValue={autoAssign.limit}
            onBlur={({ target }) => setLimit(target)}
            onKeyDown={({ key, currentTarget }) => {
              if (key === 'Enter') setLimit(currentTarget);
            }}
          />
        ) : (
          <span className={styles.sub}>No limit</span>
        )}
      </td>
      <td data-label="Out of office">
        <label>
          <input
            type="checkbox"
            disabled={busy}
            checked={returnWhenAway}
            aria-label={`${name}: conversations of who is out of office go back to Unassigned`}
            onChange={({ target }) => onChange({ returnWhenAway: target.checked })}
          />{' '}
          Back to Unassigned
        </label>
      </td>
    </tr>
  );
}
