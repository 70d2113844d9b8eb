import { Injectable } from '@nestjs/common';
import type { ListSendingTroubles as Call } from '@partyline/contracts';
import { Clock } from '@partyline/kernel';
import type { z } from 'zod';
import { sendingTrouble, type Failures, type LastHour, type Usually } from '../domain/sending-trouble.js';

type Sending = Extract<z.infer<typeof Call.answer>, { ok: true }>['value'];

const HOUR_MS = 3_600_000;

export interface AccountKey {
  readonly tenantId: string;
  readonly accountId: string;
}
export interface RecentSending extends AccountKey {
  readonly hour: LastHour;
  /** When the last one was queued that the carrier took; null: not within the day. */
  readonly worksAt: Date | null;
}

/** How sending went of late, of every tenant. */
export abstract class RecentSendings {
  /** Of accounts that sent anything in the day before `now`. */
  abstract all(now: Date): Promise<RecentSending[]>;
  /** How many replies of these hours ended, and how many of them failed. */
  abstract ended(account: AccountKey, from: Date, to: Date): Promise<{ ended: number; failures: Failures[] }>;
  /** To how many customers replies failed since then. */
  abstract customersFailed(account: AccountKey, since: Date): Promise<number>;
}

/** For the notify service, which tells Admins of accounts whose replies fail. */
@Injectable()
export class ListSendingTroubles {
  constructor(
    private readonly sendings: RecentSendings,
    private readonly clock: Clock,
  ) {}

  async execute(): Promise<Sending> {
    const now = this.clock.now();
    const found: Sending = [];
    for (const { tenantId, accountId, hour, worksAt } of await this.sendings.all(now)) {
      const suspected = sendingTrouble(hour, null, now);
      const trouble =
        suspected && sendingTrouble(hour, await this.usually({ tenantId, accountId }, now), now);
      found.push({ tenantId, accountId, worksAt: worksAt?.toISOString() ?? null, trouble });
    }
    return found;
  }

  private async usually(account: AccountKey, now: Date): Promise<Usually> {
    const hourAgo = new Date(now.getTime() - HOUR_MS);
    const weekBefore = new Date(hourAgo.getTime() - 7 * 24 * HOUR_MS);
    const [week, customers] = await Promise.all([
      this.sendings.ended(account, weekBefore, hourAgo),
      this.sendings.customersFailed(account, hourAgo),
    ]);
    return { ...week, customers };
  }
}
