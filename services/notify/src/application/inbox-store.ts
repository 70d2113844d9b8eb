import type { Inbox } from '../domain/inbox.js';

export interface InboxChange {
  readonly tenantId: string;
  readonly revision: number;
  readonly inbox: Inbox;
}

export abstract class InboxStore {
  /** Keeps what is newer than what it holds. Answers those whose alert policy is another one than before. */
  abstract apply(changes: readonly InboxChange[]): Promise<readonly InboxChange[]>;
  abstract find(tenantId: string, ids: readonly string[]): Promise<ReadonlyMap<string, Inbox>>;
}
