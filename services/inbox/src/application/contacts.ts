import type { Actor } from '@partyline/contracts';
import type { CardChange, ContactCard } from '../domain/contact-card.js';
import type { Page } from './conversation-list.js';

export interface ContactQuery {
  readonly tenantId: string;
  readonly inboxIds: readonly string[];
  readonly q?: string | undefined;
  /** Only whose number this is. */
  readonly number?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** Who changes contacts, when, and by which request. */
export interface ContactOrigin {
  readonly tenantId: string;
  readonly actor: Actor;
  /** ISO 8601. */
  readonly at: string;
  readonly correlationId: string;
  /** Unique for the contact that the request is about. */
  readonly commandId: string;
}

/** A change whose names may not stand in all conversations yet. */
export interface UnspreadChange extends Omit<ContactOrigin, 'commandId'> {
  readonly id: string;
  /** The numbers of every contact that it touched, before and after. */
  readonly numbers: readonly string[];
}

/** `raced`: another change was first; look again and decide again. */
export type CommitOutcome =
  | { readonly kind: 'committed'; readonly change: UnspreadChange; readonly erases: boolean }
  | { readonly kind: 'raced' };

/** Who is on the other side, by their addresses. */
export abstract class Contacts {
  /** The name of each of these that has one, by address. */
  abstract names(tenantId: string, peers: readonly string[]): Promise<Map<string, string>>;
  /** The latest activity first. Throws InvalidCursor. */
  abstract page(query: ContactQuery): Promise<Page<ContactCard>>;
  /** As it is; one that was merged, too. */
  abstract find(tenantId: string, contactId: string): Promise<ContactCard | null>;
  /** Those that were merged straight into it. */
  abstract partsOf(tenantId: string, contactId: string): Promise<ContactCard[]>;
  /** Those that have any of these numbers now. */
  abstract holding(tenantId: string, numbers: readonly string[]): Promise<ContactCard[]>;
  /** The contact that a person's earlier request with this key was about; null: there was none. */
  abstract repeated(tenantId: string, commandId: string): Promise<string | null>;
  /** All of it, with its entries in the log of contacts, or nothing. */
  abstract commit(changes: readonly CardChange[], origin: ContactOrigin): Promise<CommitOutcome>;
  /** Changes that were committed before this moment and left behind by a crash. */
  abstract unspread(before: string, limit: number): Promise<UnspreadChange[]>;
  abstract spread(change: UnspreadChange): Promise<void>;
  /** Erasures that were decided before this moment and are not finished. */
  abstract unerased(before: string, limit: number): Promise<UnspreadChange[]>;
  /** Takes what was written down out of the log of contacts, too, and notes that the erasure is finished. */
  abstract finishErasure(change: UnspreadChange): Promise<void>;
  /** Of these contacts, those whose erasure is not finished. */
  abstract beingErased(tenantId: string, contactIds: readonly string[]): Promise<ReadonlySet<string>>;
}
