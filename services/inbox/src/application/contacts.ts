import type { Page } from './conversation-list.js';

export interface Contact {
  readonly id: string;
  readonly name: string | null;
  readonly numbers: readonly string[];
  /** ISO 8601. */
  readonly lastActivityAt: string;
}

export interface ContactQuery {
  readonly tenantId: string;
  readonly inboxIds: readonly string[];
  readonly q?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** Who is on the other side, by their address. */
export abstract class Contacts {
  /** The name of each of these that has one, by address. */
  abstract names(tenantId: string, peers: readonly string[]): Promise<Map<string, string>>;
  /** The latest activity first. Throws InvalidCursor. */
  abstract page(query: ContactQuery): Promise<Page<Contact>>;
}
