import { Injectable } from '@nestjs/common';
import type { Refusal } from '@partyline/contracts';
import { fail, ok, type Result } from '@partyline/kernel';
import { AccountStore } from './account-store.js';
import { Accounts } from './accounts.js';
import { RecordedWebhooks } from './recorded-webhooks.js';
import { BindStore } from './bind-store.js';
import { ReceiptStore } from './receipt-store.js';
import { notFound } from './refusal.js';

@Injectable()
export class RemoveAccount {
  constructor(
    private readonly store: AccountStore,
    private readonly accounts: Accounts,
    private readonly receipts: ReceiptStore,
    private readonly recorded: RecordedWebhooks,
    private readonly binds: BindStore,
  ) {}

  /** Its receipts stay: they are the proof of what was received. What was recorded to look at goes. */
  async execute(tenantId: string, id: string): Promise<Result<{ id: string }, Refusal>> {
    const account = await this.store.find(id);
    if (account?.tenantId !== tenantId) return notFound(id);
    const { open } = await this.receipts.count(tenantId, account.carrier, id);
    if (open > 0) {
      return fail({
        code: 'IN_USE',
        message: `${open} webhooks of this account are not in a conversation yet. Switch it off and remove it later.`,
      });
    }
    await this.store.remove(tenantId, id);
    await this.binds.forget(tenantId, id);
    this.accounts.forget(id);
    await this.recorded.removeOf(tenantId, id);
    return ok({ id });
  }
}
