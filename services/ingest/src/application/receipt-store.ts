import type { MediaRef } from '../domain/media.js';
import type { Receipt } from '../domain/receipt.js';

/** `unknown`: it may or may not have been stored, or not by a majority. */
export type Stored = 'new' | 'duplicate' | 'unknown';

export interface OpenReceipt {
  readonly receipt: Receipt;
  readonly timesPublished: number;
}

export interface ReceiptRef {
  readonly tenantId: string;
  readonly id: string;
}

export interface ReceiptCounts {
  readonly landed: number;
  readonly open: number;
  /** Given up. */
  readonly rejected: number;
}

export interface ReceiptTrace {
  readonly receiptId: string;
  readonly carrier: string;
  readonly accountId: string;
  readonly receivedAt: Date;
  readonly timesPublished: number;
  readonly landedAt: Date | null;
  /** `carrier_log`: no webhook brought it; it was found in the carrier's own log. */
  readonly via: 'webhook' | 'carrier_log';
}

/** Where receipts are kept, for ever; unique by (tenant, carrier, account, provider message id, key). */
export abstract class ReceiptStore {
  /**
   * One write for all, confirmed by a majority and journaled; the outcome at index i is that of receipt i. Never
   * rejects. What it stores counts as published once, due again at `nextAttemptAt`.
   */
  abstract insert(receipts: readonly Receipt[], nextAttemptAt: Date): Promise<readonly Stored[]>;
  /** Open receipts whose time has come, oldest first. */
  abstract due(now: Date, limit: number): Promise<OpenReceipt[]>;
  /** Makes every open receipt due. */
  abstract makeAllDue(now: Date): Promise<void>;
  abstract republished(receipts: readonly (ReceiptRef & { readonly nextAttemptAt: Date })[]): Promise<void>;
  abstract giveUp(receipts: readonly ReceiptRef[], reason: string): Promise<void>;
  /** Durable when it resolves; ids that are unknown or landed already are left alone. */
  abstract land(tenantId: string, ids: readonly string[], at: Date): Promise<void>;
  abstract count(tenantId: string, carrier: string, accountId: string): Promise<ReceiptCounts>;
  /** Of these provider ids of texts, those that none of the accounts has. */
  abstract missing(
    tenantId: string,
    carrier: string,
    accountIds: readonly string[],
    providerMessageIds: readonly string[],
  ): Promise<string[]>;
  /** All media of these texts. */
  abstract mediaOf(tenantId: string, messageIds: readonly string[]): Promise<MediaRef[]>;
  /**
   * Takes the text, the addresses of media and the webhook as it came out of the receipts of these texts, and of the
   * parts that they were joined of. Gives how many receipts that were.
   */
  abstract erase(tenantId: string, messageIds: readonly string[]): Promise<number>;
  abstract trace(tenantId: string, messageId: string): Promise<ReceiptTrace | null>;
}
