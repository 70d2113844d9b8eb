import { RefusedWebhooks, type RefusedWebhook } from '../../src/application/refused-webhooks.js';
import type { AccountRef } from '../../src/domain/account.js';

/** Keeps refused webhooks in memory. */
export class MemoryRefusedWebhooks extends RefusedWebhooks {
  readonly kept: (RefusedWebhook & { readonly account: AccountRef })[] = [];

  override record(account: AccountRef, refused: RefusedWebhook): void {
    this.kept.push({ ...refused, account });
  }
  override list(tenantId: string, accountId: string, limit: number): Promise<RefusedWebhook[]> {
    const found = this.kept.filter(
      ({ account }) => account.tenantId === tenantId && account.id === accountId,
    );
    return Promise.resolve(found.toReversed().slice(0, limit));
  }
  /** In memory nothing has marks. */
  override erase(): Promise<void> {
    return Promise.resolve();
  }
}
