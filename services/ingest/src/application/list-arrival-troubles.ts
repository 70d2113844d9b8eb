import { Injectable } from '@nestjs/common';
import type { ListArrivalTroubles as Call } from '@partyline/contracts';
import { Clock } from '@partyline/kernel';
import type { z } from 'zod';
import { lastGood, signatureTrouble, type Signatures } from '../domain/signatures.js';
import { AccountStore } from './account-store.js';
import { SignatureHistory } from './signature-history.js';

type Arrivals = Extract<z.infer<typeof Call.answer>, { ok: true }>['value'];

const NONE: Signatures = { good: 0, bad: 0 };

/** For the notify service, which tells Admins of accounts whose webhooks are refused. */
@Injectable()
export class ListArrivalTroubles {
  constructor(
    private readonly accounts: AccountStore,
    private readonly signatures: SignatureHistory,
    private readonly clock: Clock,
  ) {}

  async execute(): Promise<Arrivals> {
    const accounts = await this.accounts.active();
    const histories = new Map((await this.signatures.all()).map((one) => [keyOf(one), one.slots]));
    const now = this.clock.now();
    return accounts.map(({ tenantId, id: accountId, name, carrier }) => {
      const slots = histories.get(keyOf({ tenantId, accountId })) ?? new Map<number, Signatures>();
      return {
        tenantId,
        accountId,
        name,
        carrier,
        worksAt: lastGood(slots)?.toISOString() ?? null,
        trouble: signatureTrouble((slot) => slots.get(slot) ?? NONE, now),
      };
    });
  }
}

const keyOf = ({ tenantId, accountId }: { tenantId: string; accountId: string }): string =>
  `${tenantId} ${accountId}`;
