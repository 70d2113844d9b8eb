import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CloudOff, Download, History } from 'lucide-react';
import { useState } from 'react';
import { api } from '../api/client.js';
import { sentenceOf } from '../api/problem.js';
import { useMe } from '../api/session.js';
import { fullMoment, rowTime } from '../format/time.js';
import { useLive } from '../live/store.js';
import { useTags } from '../tags/use-tags.js';
import { useNow } from '../state/clock.js';
import { toast } from '../state/toasts.js';
import { Button } from '../ui/button.js';
import { Empty, Skeleton } from '../ui/placeholder.js';
import styles from './admin-page.module.css';
import filters from './audit-filters.module.css';
import { auditPage, download, EVERYTHING } from './audit-api.js';
import { AuditFilters } from './audit-filters.js';
import { concerned, KINDS } from './audit-words.js';

const COPIES = {
  'audit.csv': 'Trail as CSV',
  'audit.ndjson': 'Trail as NDJSON',
  'conversations.csv': 'Conversations as CSV',
  'conversations.ndjson': 'Conversations as NDJSON',
} as const;
const FILES = Object.keys(COPIES) as (keyof typeof COPIES)[];

/** Who did what, and copies to take away. */
export default function AuditPage() {
  const me = useMe();
  const now = useNow();
  const inboxes = useLive((state) => state.inboxes) ?? [];
  const tags = useTags();
  const tagName = (id: string) => tags.find((tag) => tag.id === id)?.name ?? id;
  const [filter, setFilter] = useState(EVERYTHING);
  const trail = useInfiniteQuery({
    queryKey: ['admin', 'audit', filter],
    queryFn: ({ pageParam }) => auditPage(filter, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
  const users = useQuery({
    queryKey: ['admin', 'users'],
    queryFn: api.admin.users.list,
    enabled: me.may.manageUsers === true,
  });
  const items = trail.data?.pages.flatMap(({ items: page }) => page) ?? [];
  // Who may not manage people chooses from those who are seen here.
  const seen = items.flatMap(({ actor }) => (actor.kind === 'user' ? [actor] : []));
  const people = new Map([me, ...seen, ...(users.data ?? [])].map(({ id, name }) => [id, name ?? id]));
  const reason = me.may.export === true ? null : (me.may.export ?? null);
  return (
    <section className={styles.card} aria-labelledby="audit-title">
      <div className={styles.head}>
        <div>
          <h2 id="audit-title" className={styles.heading}>
            Audit trail
          </h2>
          <p className={styles.lead}>
            What people and Partyline did to conversations, what was set up, and what was exported; newest
            first.
          </p>
        </div>
      </div>
      <AuditFilters filter={filter} people={people} inboxes={inboxes} onChange={setFilter} />
      <div className={filters.copies}>
        {FILES.map((file) => (
          <Button
            key={file}
            size="sm"
            icon={<Download />}
            reason={reason}
            hint="Takes what the filters above leave."
            onPress={() =>
              void download(file, filter).catch((error: Error) => toast('error', sentenceOf(error)))
            }
          >
            {COPIES[file]}
          </Button>
        ))}
      </div>
      {trail.isPending ? (
        <Skeleton rows={6} label="Loading the audit trail" />
      ) : trail.isError ? (
        <Empty
          icon={<CloudOff />}
          title="The audit trail did not load"
          action={{ label: 'Try again', act: () => void trail.refetch() }}
        >
          {sentenceOf(trail.error)}
        </Empty>
      ) : items.length === 0 && !trail.hasNextPage ? (
        <Empty icon={<History />} title="Nothing here">
          Nobody did anything that these filters leave.
        </Empty>
      ) : (
        <>
          <table className={`${styles.table} ${styles.stack}`}>
            <thead>
              <tr>
                <th scope="col">When</th>
                <th scope="col">Who</th>
                <th scope="col">What</th>
                <th scope="col">Inbox</th>
                <th scope="col">Conversation</th>
              </tr>
            </thead>
            <tbody>
              {items.map((item) => (
                <tr key={item.id}>
                  <td>
                    <time dateTime={item.at} title={fullMoment(item.at)}>
                      {rowTime(item.at, now)}
                    </time>
                  </td>
                  <th scope="row">
                    {item.actor.kind === 'user' ? (people.get(item.actor.id) ?? item.actor.id) : 'Partyline'}
                  </th>
                  <td>
                    {KINDS[item.type] ?? item.type}
                    <span className={styles.sub}>{concerned(item, tagName)}</span>
                  </td>
                  <td>{inboxes.find(({ id }) => id === item.inboxId)?.name ?? item.inboxId}</td>
                  <td>
                    {item.conversationId !== null && (
                      <Link
                        to="/conversations/$conversationId"
                        params={{ conversationId: item.conversationId }}
                      >
                        Open
                      </Link>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {trail.hasNextPage && (
            <Button busy={trail.isFetchingNextPage} onPress={() => void trail.fetchNextPage()}>
              Show earlier
            </Button>
          )}
        </>
      )}
    </section>
  );
}
