import type { ConversationRef, LoggedEntry, Projected } from './log/conversation-log.js';

export type EntryPlace = ConversationRef & { readonly seq: number };

/** An entry with a reply that delivery has not spoken of. */
export interface UnheardEntry extends EntryPlace {
  readonly id: string;
  /** How many times it was told again. */
  readonly tries: number;
}

/** Moments in ISO 8601. What lies `beyond` was written by a clock that ran ahead, and does not wait until it is true. */
export interface Overdue {
  readonly before: string;
  readonly beyond: string;
}

/** What the log remembers of its own telling: which entries others have not heard of. */
export abstract class Bookkeeping {
  /** Everybody can know of these now; contacts show their activity. */
  abstract published(items: readonly Projected[]): Promise<void>;
  /** Committed then and not marked as published: the process that wrote them died or lost the bus. */
  abstract leftBehind(committed: Overdue, limit: number): Promise<EntryPlace[]>;
  /** Replies that delivery should have spoken of by then and did not. */
  abstract unheard(due: Overdue, limit: number): Promise<UnheardEntry[]>;
  /** Asks after them again at `due`. */
  abstract askAgain(entry: UnheardEntry, due: string): Promise<void>;
  /** Delivery has these. */
  abstract heard(messages: readonly (ConversationRef & { readonly messageId: string })[]): Promise<void>;
}

/** How long delivery may say nothing of a reply before it is told again, milliseconds. */
export const DELIVERY_SILENCE_MS = 30_000;

/** Whether delivery has to hear of this entry. */
export const sendsMessages = (entry: Pick<LoggedEntry, 'events'>): boolean =>
  entry.events.some(({ type }) => type === 'message.queued');
