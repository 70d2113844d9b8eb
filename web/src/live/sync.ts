import type { Conversation, Notification, TimelineItem } from '@partyline/contracts';
import { connection } from './connection.js';
import { loadAllAgain, loadConversation, loadInboxes, loadTimeline } from './loads.js';
import type { LiveState, Viewer } from './model.js';
import { moveCursor, receiveConversation, setCounts, setViewer } from './state.js';
import { live } from './store.js';
import { timelineEntry } from './timelines.js';
import { colleagueIs, forgetAbsent } from './presence.js';

/** A hole that another replica's event fills by itself within this time needs no request. */
const GAP_PATIENCE_MS = 700;

export interface SyncListeners {
  onNotification(notification: Notification): void;
  /** Somebody's words, for people who hear the screen. */
  onEntry(conversation: Conversation, item: TimelineItem): void;
  onDirectory(): void;
}

/** Starts the event stream for a person and keeps the state up to date with it. Returns the way to stop. */
export function startSync(viewer: Viewer, listeners: SyncListeners): () => void {
  live.update((state) => setViewer(state, viewer));
  connection.start({
    ready: (_data, resumed) => {
      // A resumed stream replays the conversations exactly; counts and cursors are not part of that.
      if (resumed) void loadInboxes().catch(() => undefined);
      else loadAllAgain();
    },
    reset: () => loadAllAgain(),
    conversation: ({ conversation, item }) => {
      const unknown = !live.get().entities.has(conversation.id);
      live.enqueue((state) => {
        const next = stopTyping(receiveConversation(state, conversation), conversation.id, item);
        return timelineEntry(next, conversation.id, item);
      });
      // How far the viewer has read it is known to the server alone.
      if (unknown && conversation.seq > 1) void loadConversation(conversation.id).catch(() => undefined);
      mendGapLater(conversation.id);
      listeners.onEntry(conversation, item);
    },
    counts: (counts) => live.enqueue((state) => setCounts(state, counts)),
    cursor: ({ conversationId, cursor }) =>
      live.enqueue((state) => moveCursor(state, conversationId, cursor)),
    notification: (notification) => listeners.onNotification(notification),
    directory: () => {
      void loadInboxes().catch(() => undefined);
      listeners.onDirectory();
    },
    typing: ({ conversationId, user, typing }) =>
      live.enqueue((state) => colleagueIs(state, 'typing', conversationId, user, typing, Date.now())),
    viewing: ({ conversationId, user, viewing }) =>
      live.enqueue((state) => colleagueIs(state, 'viewing', conversationId, user, viewing, Date.now())),
  });
  const presenceTimer = setInterval(() => {
    live.update((state) => forgetAbsent(state, Date.now()));
  }, 1000);
  return () => {
    clearInterval(presenceTimer);
    connection.stop();
    live.reset();
  };
}

const mending = new Set<string>();

function mendGapLater(id: string): void {
  if (mending.has(id)) return;
  mending.add(id);
  setTimeout(() => {
    mending.delete(id);
    if (live.get().timelines.get(id)?.gap) void loadTimeline(id);
  }, GAP_PATIENCE_MS);
}

/** Whoever sent something has stopped typing it. */
function stopTyping(state: LiveState, conversationId: string, item: TimelineItem): LiveState {
  if (item.actor.kind !== 'user' || !state.typing.has(conversationId)) return state;
  const user = { id: item.actor.id, name: item.actor.name ?? '' };
  return colleagueIs(state, 'typing', conversationId, user, false, Date.now());
}
