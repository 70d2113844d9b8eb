import type { Conversation } from '../inbox/conversation.js';
import type { Counts } from '../inbox/queries.js';
import type { TimelineItem } from '../inbox/timeline.js';
import type { Notification } from '../notify/notification.v1.js';

/** How long a sign of somebody's presence lasts, milliseconds: it is sent again while it stays true. */
export const TYPING_LASTS_MS = 6_000;
export const VIEWING_LASTS_MS = 30_000;

/**
 * What `GET /events` sends, by the name of the SSE event. `conversation`, and the `position` of `ready` and `reset`,
 * come with an `id:` (`<stream's creation>-<sequence>`), which Last-Event-ID gives back to replay a gap exactly. Every
 * 15 s there is a `heartbeat` without data besides.
 */
export interface LiveEvents {
  /** The stream is attached; fetch snapshots now, later events build on them. `position` is the id to resume from. */
  ready: { position: string };
  /** The gap cannot be replayed (too old, or another stream): fetch everything again behind the old rows. */
  reset: { position: string };
  /** Something happened in a conversation. Apply by its seq: older than what you have means ignore. */
  conversation: { conversation: Conversation; item: TimelineItem };
  /** The viewer's counts, by inbox id, after a burst of events. */
  counts: Record<string, Counts>;
  /** The viewer read something (perhaps in another window). */
  cursor: { conversationId: string; cursor: number };
  notification: Notification;
  /** Inboxes, members or numbers changed: fetch /inboxes (and /me) again. */
  directory: Record<string, never>;
  /** A colleague types in a conversation, or stopped; forget it after {@link TYPING_LASTS_MS}. */
  typing: { conversationId: string; user: { id: string; name: string }; typing: boolean };
  /** A colleague looks at a conversation, or left it; forget it after {@link VIEWING_LASTS_MS}. */
  viewing: { conversationId: string; user: { id: string; name: string }; viewing: boolean };
}
export type LiveEventName = keyof LiveEvents;
