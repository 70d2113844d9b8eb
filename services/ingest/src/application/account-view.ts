import { Injectable } from '@nestjs/common';
import { isBound } from '@partyline/carriers';
import type { carrierAccountViewSchema } from '@partyline/contracts';
import type { z } from 'zod';
import { revisionOf, type Account } from '../domain/account.js';
import { BindStore } from './bind-store.js';
import { ReceiptStore } from './receipt-store.js';
import { RefusalCounters } from './refusal-counters.js';

export type AccountView = z.infer<typeof carrierAccountViewSchema>;

export class HooksAddress {
  constructor(
    /** Where carriers (or the proxy before us) reach this service. */
    readonly url: string,
    /** Whether carriers may call plain http: never in production. */
    readonly plainHttpAllowed: boolean,
  ) {}

  of({ carrier, id }: Pick<Account, 'carrier' | 'id'>): string {
    return `${this.url.replace(/\/+$/, '')}/hooks/${carrier}/${id}`;
  }
}

/** An account as an Admin sees it: no secrets, but where every webhook went. received = landed + open + rejected. */
@Injectable()
export class AccountViews {
  constructor(
    private readonly receipts: ReceiptStore,
    private readonly refusals: RefusalCounters,
    private readonly hooks: HooksAddress,
    private readonly binds: BindStore,
  ) {}

  async of(account: Account): Promise<AccountView> {
    const { id, tenantId, carrier, name, publicUrl, settings, active, sealed } = account;
    const [counts, refusals, bind] = await Promise.all([
      this.receipts.count(tenantId, carrier, id),
      this.refusals.of(tenantId, id),
      isBound(carrier) ? this.binds.facts(tenantId, id) : null,
    ]);
    const rejected = counts.rejected + refusals.malformed;
    return {
      id,
      carrier,
      name,
      publicUrl,
      settings: { ...settings },
      active,
      prices: asListed(account.prices),
      secretNames: Object.keys(sealed).sort((a, b) => a.localeCompare(b)),
      secretsExpireAt: Object.fromEntries(
        Object.entries(account.expiries ?? {}).map(([secret, at]) => [secret, at.toISOString()]),
      ),
      secretsSetAt: Object.fromEntries(
        Object.entries(account.setAt ?? {}).map(([secret, at]) => [secret, at.toISOString()]),
      ),
      revision: revisionOf(account),
      webhookUrl: this.hooks.of(account),
      counters: {
        received: counts.landed + counts.open + rejected,
        landed: counts.landed,
        open: counts.open,
        rejected,
        badSignatures: refusals.badSignatures,
      },
      lastWebhookAt: refusals.lastWebhookAt?.toISOString() ?? null,
      ...(isBound(carrier) && {
        bind: {
          bound: active && bind?.bound === true,
          since: bind?.since.toISOString() ?? null,
          problem: bind?.problem ?? null,
          problemAt: bind?.problemAt?.toISOString() ?? null,
        },
      }),
    };
  }
}

/** The same, as contracts have it: copies, which nobody can change. */
export const asListed = (prices: Account['prices']): AccountView['prices'] =>
  prices ? { ...prices, places: prices.places?.map((place) => ({ ...place })) } : null;
