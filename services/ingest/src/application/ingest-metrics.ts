import type { AccountRef } from '../domain/account.js';

export type WebhookOutcome =
  | 'accepted'
  | 'unknown_account'
  | 'bad_signature'
  | 'malformed'
  | 'unavailable'
  | 'overloaded';

/** Hears what happens, to count it. */
export abstract class IngestMetrics {
  /** `account` is null where there is none of that name. */
  abstract webhook(account: AccountRef | null, outcome: WebhookOutcome): void;
  abstract stored(account: Omit<AccountRef, 'id'> & { accountId: string }, what: 'new' | 'duplicate'): void;
  /** One write of the group commit: how many receipts, how long in seconds. */
  abstract batch(receipts: number, seconds: number): void;
  abstract republished(receipts: number): void;
  abstract landed(receipts: number): void;
  /** Whether this process is bound to receive for the account; null: it no longer tries. */
  abstract bound(account: AccountRef, bound: boolean | null): void;
}
