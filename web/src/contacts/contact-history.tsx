import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { sentenceOf } from '../api/problem.js';
import { formatPhone } from '../format/phone.js';
import { fullMoment, rowTime } from '../format/time.js';
import { useLive } from '../live/store.js';
import { useNow } from '../state/clock.js';
import { Button } from '../ui/button.js';
import { Skeleton } from '../ui/placeholder.js';
import { api, PAGE } from '../api/client.js';
import styles from './contact-page.module.css';

/** The conversations with this contact, in whichever inbox the viewer may see. */
export function ContactHistory({ contactId }: { contactId: string }) {
  const now = useNow();
  const inboxes = useLive((state) => state.inboxes) ?? [];
  const history = useInfiniteQuery({
    queryKey: ['contact-history', contactId],
    queryFn: ({ pageParam }) => api.contacts.conversations(contactId, { cursor: pageParam, limit: PAGE }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
  const conversations = history.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <section className={styles.part} aria-label="History">
      <h2 className={styles.heading}>History</h2>
      {history.isPending ? (
        <Skeleton rows={3} label="Loading the history" />
      ) : history.isError ? (
        <p className={styles.error}>{sentenceOf(history.error)}</p>
      ) : conversations.length === 0 ? (
        <p className={styles.nothing}>No conversations in your inboxes.</p>
      ) : (
        <ul className={styles.history}>
          {conversations.map((each) => (
            <li key={each.id}>
              <Link
                to="/conversations/$conversationId"
                params={{ conversationId: each.id }}
                className={styles.entry}
              >
                <span className={styles.entryHead}>
                  <span className={styles.inbox}>
                    {inboxes.find(({ id }) => id === each.inboxId)?.name ?? each.inboxId}
                  </span>
                  <span className={styles.via}>on {formatPhone(each.number)}</span>
                  <time className={styles.when} title={fullMoment(each.lastActivityAt)}>
                    {rowTime(each.lastActivityAt, now)}
                  </time>
                </span>
                <span className={styles.preview}>
                  {each.preview?.from === 'us' && 'You: '}
                  {each.preview?.text ?? 'Nothing written yet'}
                </span>
                <span className={styles.state}>
                  {each.status === 'done' ? 'Done' : (each.owner?.name ?? 'Unassigned')}
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
      {history.hasNextPage && (
        <Button busy={history.isFetchingNextPage} onPress={() => void history.fetchNextPage()}>
          Show older
        </Button>
      )}
    </section>
  );
}
