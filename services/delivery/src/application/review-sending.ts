import { Injectable } from '@nestjs/common';
import { decimalOf, type Cost } from '@partyline/carriers';
import type { DeliveryStatus, SendingHealth } from '@partyline/contracts';
import { Clock } from '@partyline/kernel';

const LOOK_BACK_MS = 24 * 3_600_000;

/** How many replies of an account ended alike. */
export interface SendingTally {
  readonly accountId: string;
  readonly carrier: string;
  readonly status: DeliveryStatus;
  readonly errorClass: string | null;
  readonly count: number;
  readonly lastAt: Date;
  /** What they cost together, where it was estimated; those of another currency are another tally. */
  readonly cost: Cost | null;
}

export abstract class SendingTallies {
  /** Of what was queued since then. */
  abstract since(tenantId: string, since: Date): Promise<SendingTally[]>;
}

/** How sending goes, for Admins. */
@Injectable()
export class ReviewSending {
  constructor(
    private readonly tallies: SendingTallies,
    private readonly clock: Clock,
  ) {}

  async execute(tenantId: string): Promise<SendingHealth[]> {
    const since = new Date(this.clock.now().getTime() - LOOK_BACK_MS);
    return healthOf(await this.tallies.since(tenantId, since));
  }
}

/** By account, in the order of their ids. */
export function healthOf(tallies: readonly SendingTally[]): SendingHealth[] {
  const ids = [...new Set(tallies.map(({ accountId }) => accountId))].sort();
  return ids.map((id) => healthOfAccount(tallies.filter(({ accountId }) => accountId === id)));
}

const FAILED: readonly DeliveryStatus[] = ['failed', 'undelivered'];
/** Only what the carrier took can get so far. */
const TAKEN: readonly DeliveryStatus[] = ['sent', 'delivered', 'undelivered'];
/** What got no answer may have been taken, too, and is paid for then. */
const PAID: readonly DeliveryStatus[] = [...TAKEN, 'unknown'];

function healthOfAccount(tallies: readonly SendingTally[]): SendingHealth {
  const [{ accountId, carrier } = { accountId: '', carrier: '' }] = tallies;
  const count = (...statuses: readonly DeliveryStatus[]): number =>
    tallies.filter(({ status }) => statuses.includes(status)).reduce((sum, one) => sum + one.count, 0);
  const reasons = new Map<string | null, number>();
  for (const { status, errorClass, count: more } of tallies)
    if (FAILED.includes(status)) reasons.set(errorClass, (reasons.get(errorClass) ?? 0) + more);
  const taken = tallies.filter(({ status }) => TAKEN.includes(status)).map(({ lastAt }) => lastAt.getTime());
  return {
    accountId,
    carrier,
    waiting: count('queued'),
    sent: count('sent'),
    delivered: count('delivered'),
    failed: count(...FAILED),
    unknown: count('unknown'),
    lastSentAt: taken.length === 0 ? null : new Date(Math.max(...taken)).toISOString(),
    reasons: [...reasons]
      .map(([errorClass, n]) => ({ errorClass, count: n }))
      .sort((a, b) => b.count - a.count),
    estimatedCost: costOf(tallies),
  };
}

function costOf(tallies: readonly SendingTally[]): { currency: string; amount: string }[] {
  const sums = new Map<string, number>();
  for (const { status, cost } of tallies)
    if (cost && PAID.includes(status))
      sums.set(cost.currency, (sums.get(cost.currency) ?? 0) + cost.millionths);
  return [...sums]
    .map(([currency, millionths]) => ({ currency, amount: decimalOf(millionths) }))
    .sort((a, b) => a.currency.localeCompare(b.currency));
}
