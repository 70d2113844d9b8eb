import { Injectable } from '@nestjs/common';
import { costOfAll, decimalOf } from '@partyline/carriers';
import type { Refusal, ReplyPrice } from '@partyline/contracts';
import { ok, type Result } from '@partyline/kernel';
import { AccountStore } from './account-store.js';
import { notFound } from './refusal.js';

/** What a reply through an account costs, as far as the company told its prices. */
@Injectable()
export class PriceReply {
  constructor(private readonly store: AccountStore) {}

  async execute(
    tenantId: string,
    accountId: string,
    to: readonly string[],
  ): Promise<Result<ReplyPrice, Refusal>> {
    const account = await this.store.find(accountId);
    if (account?.tenantId !== tenantId) return notFound(accountId);
    const sms = costOfAll(account.prices, to, { segments: 1, withMedia: false });
    const mms = costOfAll(account.prices, to, { segments: 1, withMedia: true });
    return ok({
      currency: sms?.currency ?? mms?.currency ?? null,
      sms: sms && decimalOf(sms.millionths),
      mms: mms && decimalOf(mms.millionths),
    });
  }
}
