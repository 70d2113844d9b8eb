import type { Inbox } from '../domain/inbox.js';

export interface InboxChange {
  readonly tenantId: string;
  readonly revision: number;
  readonly inbox: Inbox;
}

export abstract class InboxStore {
  /**
   * Keeps what is newer than what it holds. Answers those that it holds now, also where it held them before: what follows from
   * them may have been cut short.
   */
  abstract apply(changes: readonly InboxChange[]): Promise<readonly InboxChange[]>;
  abstract find(tenantId: string, ids: readonly string[]): Promise<ReadonlyMap<string, Inbox>>;
}
