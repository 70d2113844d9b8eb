import { useParams } from '@tanstack/react-router';
import { CloudOff, EyeOff } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { Composer } from '../composer/composer.js';
import { useListView } from '../inbox/use-list-view.js';
import { loadConversation, loadTimeline, watchTimeline } from '../live/loads.js';
import { live, useLive } from '../live/store.js';
import { preferences, usePreference } from '../state/preferences.js';
import { Empty, Skeleton } from '../ui/placeholder.js';
import { useIsPhone, useIsWide } from '../ui/use-media.js';
import { ActionBar } from './action-bar.js';
import { MessageList } from './message-list.js';
import { SidePanel } from './side-panel.js';
import { ThreadHeader } from './thread-header.js';
import styles from './thread-page.module.css';
import { useActions } from './use-actions.js';
import { useMarkRead } from './use-mark-read.js';
import { useViewingSignal } from './use-viewing-signal.js';
import { useThreadShortcuts } from './use-thread-shortcuts.js';

export function ThreadPage() {
  const { conversationId } = useParams({ from: '/shell/inboxes/$inboxId/c/$conversationId' });
  return <Thread key={conversationId} id={conversationId} />;
}

/** Beside the thread the panel stays as it was left; over it, it is opened for a look. */
function useSidePanel(): { panel: boolean; setPanel: (open: boolean) => void } {
  const wide = useIsWide();
  const kept = usePreference('sidePanel');
  const [over, setOver] = useState(false);
  return wide
    ? { panel: kept, setPanel: (sidePanel) => preferences.set({ sidePanel }) }
    : { panel: over, setPanel: setOver };
}

function Thread({ id }: { id: string }) {
  const conversation = useLive((state) => state.shown.get(id));
  const view = useListView();
  const phone = useIsPhone();
  const actions = useActions(view, phone);
  const { panel, setPanel } = useSidePanel();
  const [problem, setProblem] = useState<'missing' | 'unreachable' | null>(null);

  // Where reading went on when the thread was opened: the divider stays there while it is looked at.
  const [unreadAfter, setUnreadAfter] = useState<number | null | undefined>(undefined);
  if (unreadAfter === undefined && conversation) {
    const news =
      conversation.unread > 0 ? conversation.attention.find((seq) => seq > conversation.cursor) : undefined;
    setUnreadAfter(news === undefined ? null : news - 1);
  }

  const load = useCallback(() => {
    setProblem(null);
    // What stands here shows at once; the server's word about this viewer follows.
    loadConversation(id).then(
      (found) => found === 'missing' && setProblem('missing'),
      () => setProblem('unreachable'),
    );
    if (live.get().timelines.get(id)?.state !== 'ready') void loadTimeline(id);
  }, [id]);
  useEffect(() => {
    load();
    return watchTimeline(id);
  }, [load, id]);
  useMarkRead(id);
  useViewingSignal(id);
  useThreadShortcuts(id, actions);

  if (problem === 'missing') {
    return (
      <Empty level="page" icon={<EyeOff />} title="You cannot see this conversation">
        It is in an inbox that you are not a member of, or the link is wrong.
      </Empty>
    );
  }
  if (!conversation) {
    return problem === 'unreachable' ? (
      <Empty
        level="page"
        icon={<CloudOff />}
        title="The conversation did not load"
        action={{ label: 'Try again', act: load }}
      />
    ) : (
      <Skeleton label="Loading the conversation" shape="bubble" />
    );
  }
  return (
    <div className={styles.page} data-panel={panel}>
      <div className={styles.column} id="thread" tabIndex={-1}>
        <ThreadHeader
          conversation={conversation}
          actions={actions}
          view={view}
          panel={panel}
          onPanel={setPanel}
        />
        <MessageList conversation={conversation} unreadAfter={unreadAfter} />
        <Composer conversation={conversation} actions={actions} />
        {phone && <ActionBar conversation={conversation} actions={actions} />}
      </div>
      {panel && <SidePanel conversation={conversation} onClose={() => setPanel(false)} />}
    </div>
  );
}
