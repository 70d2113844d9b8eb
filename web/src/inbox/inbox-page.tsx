import { Outlet, useParams } from '@tanstack/react-router';
import { EyeOff } from 'lucide-react';
import { useEffect } from 'react';
import { loadInboxes } from '../live/loads.js';
import { useLive } from '../live/store.js';
import { preferences } from '../state/preferences.js';
import { Empty } from '../ui/placeholder.js';
import { ConversationList } from './conversation-list.js';
import styles from './inbox-page.module.css';
import { ListHeader } from './list-header.js';
import { SelectionBar } from './selection-bar.js';
import { useListView } from './use-list-view.js';

export function InboxPage() {
  const { inboxId, conversationId } = useParams({ strict: false });
  const view = useListView();
  const loaded = useLive((state) => state.inboxes !== null);
  const known = useLive((state) => state.inboxes?.some((inbox) => inbox.id === inboxId) ?? false);
  useEffect(() => {
    if (!loaded) void loadInboxes().catch(() => undefined);
  }, [loaded]);
  useEffect(() => {
    if (inboxId && known) preferences.set({ lastInbox: inboxId });
  }, [inboxId, known]);

  if (loaded && !known) {
    return (
      <Empty level="page" icon={<EyeOff />} title="You cannot see this inbox">
        You are not a member of it, or it is no longer there. Choose another inbox.
      </Empty>
    );
  }
  if (!view) return null;
  return (
    <main className={styles.page} data-thread={conversationId !== undefined}>
      <section className={styles.list} aria-label="Conversations">
        <ListHeader view={view} />
        <ConversationList
          key={`${view.inboxId} ${view.status}`}
          view={view}
          selected={conversationId ?? null}
        />
        <SelectionBar status={view.status} shared={view.kind === 'shared'} />
      </section>
      <div className={styles.thread}>
        <Outlet />
      </div>
    </main>
  );
}
