import type { AccountRef } from '../domain/account.js';

export interface Refusals {
  readonly badSignatures: number;
  readonly malformed: number;
  readonly lastWebhookAt: Date | null;
}

/** What is known of webhooks that left no receipt. Kept in memory and written down every few seconds. */
export abstract class RefusalCounters {
  abstract seen(account: AccountRef, at: Date): void;
  abstract refused(account: AccountRef, why: 'badSignatures' | 'malformed'): void;
  abstract of(tenantId: string, accountId: string): Promise<Refusals>;
}
