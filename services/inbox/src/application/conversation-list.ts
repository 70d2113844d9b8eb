import type { Counts } from '@partyline/contracts';
import type { ExistingConversation } from '../domain/conversation.js';
import type { Standing } from './log/conversation-log.js';

export type Shown = Standing<ExistingConversation>;

/** A list as its viewer asks for it. */
export interface SectionQuery {
  readonly tenantId: string;
  readonly inboxId: string;
  readonly viewerId: string;
  readonly status: 'open' | 'done' | 'snoozed';
  /** Of open ones only. */
  readonly owner: 'unassigned' | 'me' | 'others' | 'any';
  /** Part of the contact's name or number. */
  readonly q?: string | undefined;
  /** Only what has this tag. */
  readonly tag?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** Asks for what comes after; null at the end. */
  readonly nextCursor: string | null;
}

/** The cursor of a page is none that this service gave out. */
export class InvalidCursor extends Error {
  override readonly name = 'InvalidCursor';
}

/** Conversations with any of these addresses on the customer's side, in these inboxes. */
export interface PeersQuery {
  readonly tenantId: string;
  readonly inboxIds: readonly string[];
  readonly peers: readonly string[];
  readonly cursor?: string | undefined;
  readonly limit: number;
}

export interface OrderQuery {
  readonly tenantId: string;
  readonly inboxIds: readonly string[];
  readonly cursor?: string | undefined;
  readonly limit: number;
}

export interface PeersOf {
  readonly conversationId: string;
  readonly peers: readonly string[];
}

export interface WaitingConversation {
  readonly tenantId: string;
  readonly state: ExistingConversation;
}

/**
 * Lists of conversations. Pages stay stable while things move: each begins after the last row of the one before, so
 * nothing that stands still is skipped and nothing is shown twice.
 */
export abstract class ConversationList {
  /** Unassigned by the longest wait, snoozed by when it wakes, everything else by the latest activity. Throws {@link InvalidCursor}. */
  abstract page(query: SectionQuery): Promise<Page<Shown>>;
  /** By inbox id, by the predicates of {@link page} and of the badges; numbers stop at 100. */
  abstract counts(
    tenantId: string,
    viewerId: string,
    inboxIds: readonly string[],
  ): Promise<Map<string, Counts>>;
  /** How many open conversations each of these people owns in an inbox, by user id; numbers stop at 100. */
  abstract loads(tenantId: string, inboxId: string, userIds: readonly string[]): Promise<Map<string, number>>;
  /** Those whose contact's name or number begins with the query or has a word that does; the newest first. */
  abstract findByContact(
    tenantId: string,
    inboxIds: readonly string[],
    q: string,
    limit: number,
  ): Promise<Shown[]>;
  abstract many(tenantId: string, conversationIds: readonly string[]): Promise<Map<string, Shown>>;
  /** All conversations of our number with this peer, in whatever inbox. */
  abstract between(tenantId: string, number: string, peer: string): Promise<string[]>;
  /** The latest activity first. Throws {@link InvalidCursor}. */
  abstract ofPeers(query: PeersQuery): Promise<Page<Shown>>;
  /** In an order that nothing changes, so that pages together hold each once; a page can end before its limit. Throws {@link InvalidCursor}. */
  abstract inOrder(query: OrderQuery): Promise<Page<Shown>>;
  /** All conversations with any of these addresses, in portions. */
  abstract withPeers(
    tenantId: string,
    peers: readonly string[],
    portion: number,
  ): AsyncIterable<readonly PeersOf[]>;
  /** What was snoozed until `now` (ISO 8601) or before, the longest overdue first. */
  abstract dueToWake(tenantId: string, now: string, limit: number): Promise<string[]>;
  /** Who owns open conversations in this inbox, snoozed ones too. */
  abstract owners(tenantId: string, inboxId: string): Promise<string[]>;
  abstract ownedBy(tenantId: string, inboxId: string, ownerId: string, limit: number): Promise<string[]>;
  /** Of all tenants, what waits for an owner; throws {@link InvalidCursor}. */
  abstract waiting(after: string | undefined, limit: number): Promise<Page<WaitingConversation>>;
  /** Moves a person's read cursor forward, never back, and gives where it is then. */
  abstract moveCursor(tenantId: string, conversationId: string, userId: string, seq: number): Promise<number>;
}
