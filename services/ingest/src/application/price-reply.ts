import { Injectable } from '@nestjs/common';
import { costOfAll, decimalOf, findAnyCarrier, mediaBase, MediaLinks } from '@partyline/carriers';
import { uploadUrl, type Refusal, type ReplyPrice } from '@partyline/contracts';
import { Clock, newId, ok, type Result } from '@partyline/kernel';
import type { Account } from '../domain/account.js';
import { AccountStore } from './account-store.js';
import { notFound } from './refusal.js';

/** What a reply through an account costs, as far as the company told its prices. */
@Injectable()
export class PriceReply {
  constructor(
    private readonly store: AccountStore,
    private readonly links: MediaLinks,
    private readonly clock: Clock,
  ) {}

  async execute(
    tenantId: string,
    accountId: string,
    to: readonly string[],
  ): Promise<Result<ReplyPrice, Refusal>> {
    const account = await this.store.find(accountId);
    if (account?.tenantId !== tenantId) return notFound(accountId);
    const sms = costOfAll(account.prices, to, { segments: 1, withMedia: false });
    const asLinks = findAnyCarrier(account.carrier)?.filesAsLinks?.(account.settings) === true;
    const mms = asLinks ? null : costOfAll(account.prices, to, { segments: 1, withMedia: true });
    return ok({
      currency: sms?.currency ?? mms?.currency ?? null,
      sms: sms && decimalOf(sms.millionths),
      mms: mms && decimalOf(mms.millionths),
      ...(asLinks ? { linkLength: this.linkLength(account) } : {}),
    });
  }

  /** Links to files are all alike but for a letter or two of what the file is. */
  private linkLength({ id: accountId, tenantId, publicUrl }: Account): number {
    const mediaId = newId('md');
    const ref = { tenantId, accountId, mediaId, url: uploadUrl(mediaId) };
    return (mediaBase(publicUrl) + this.links.sign(ref, this.clock.now(), 'image/jpeg')).length;
  }
}
