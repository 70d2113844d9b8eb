import { Injectable } from '@nestjs/common';
import type { Refusal, RefusedWebhookView } from '@partyline/contracts';
import { ok, type Result } from '@partyline/kernel';
import { AccountStore } from './account-store.js';
import { notFound } from './refusal.js';
import { RefusedWebhooks } from './refused-webhooks.js';

/** What came in for an account and was not taken, for its Admin. */
@Injectable()
export class ListRefusedWebhooks {
  constructor(
    private readonly accounts: AccountStore,
    private readonly refused: RefusedWebhooks,
  ) {}

  async execute(
    tenantId: string,
    accountId: string,
    limit: number,
  ): Promise<Result<RefusedWebhookView[], Refusal>> {
    const account = await this.accounts.find(accountId);
    if (account?.tenantId !== tenantId) return notFound(accountId);
    const found = await this.refused.list(tenantId, accountId, limit);
    return ok(
      found.map(({ at, kind, reason, raw, bytes, correlationId }) => ({
        at: at.toISOString(),
        kind,
        reason,
        method: raw.method,
        query: raw.query,
        headers: { ...raw.headers },
        body: Buffer.from(raw.body).toString('utf8'),
        bytes,
        correlationId,
      })),
    );
  }
}
