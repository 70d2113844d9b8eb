import type { AccountRef } from '../domain/account.js';
import type { RawWebhook } from '../domain/receipt.js';

/** A webhook that was not taken, and why: for the Admin who looks for a text. */
export interface RefusedWebhook {
  readonly at: Date;
  readonly kind: 'bad_signature' | 'malformed';
  readonly reason: string;
  /** Without credentials; the body is cut where it is long. */
  readonly raw: RawWebhook;
  /** How long the body was. */
  readonly bytes: number;
  readonly correlationId: string;
}

/** Keeps refused webhooks for a month: some of every minute, because anybody can send us as many as they like. */
export abstract class RefusedWebhooks {
  /** Returns at once. */
  abstract record(account: AccountRef, refused: RefusedWebhook): void;
  /** The latest first. */
  abstract list(tenantId: string, accountId: string, limit: number): Promise<RefusedWebhook[]>;
  /** Drops what has one of these numbers in it; see `phoneMarks`. */
  abstract erase(tenantId: string, marks: readonly string[]): Promise<void>;
}
