import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { DeliveryStatus } from '@partyline/contracts';
import type { Connection, mongo } from 'mongoose';
import {
  RecentSendings,
  type AccountKey,
  type RecentSending,
} from '../../application/list-sending-troubles.js';
import type { Attempt } from '../../domain/attempt.js';
import type { Failures } from '../../domain/sending-trouble.js';
import { ATTEMPTS, BY_TIME } from './indexes.js';

/** Enough to tell how it goes, and still an answer within a second. */
const MOST = 50_000;
const HOUR_MS = 3_600_000;

/** What the carrier took. */
const TAKEN: readonly DeliveryStatus[] = ['sent', 'delivered'];
/** A carrier that answers nobody lets replies end as unknown. */
const FAILED: readonly DeliveryStatus[] = ['failed', 'undelivered', 'unknown'];

interface Tally {
  readonly accountId: string;
  readonly ofLastHour: boolean;
  readonly status: DeliveryStatus;
  readonly errorClass?: string | null;
  readonly count: number;
  readonly firstQueuedAt: Date;
  readonly lastQueuedAt: Date;
}

@Injectable()
export class MongoRecentSendings extends RecentSendings {
  constructor(@InjectConnection() private readonly connection: Connection) {
    super();
  }

  override async all(now: Date): Promise<RecentSending[]> {
    const tenants: string[] = await this.attempts.distinct('tenantId');
    const found: RecentSending[] = [];
    for (const tenantId of tenants) {
      const tallies = await this.tallies(tenantId, now);
      for (const accountId of new Set(tallies.map((tally) => tally.accountId))) {
        const mine = tallies.filter((tally) => tally.accountId === accountId);
        found.push({ tenantId, accountId, ...lately(mine) });
      }
    }
    return found;
  }

  override async ended(
    { tenantId, accountId }: AccountKey,
    from: Date,
    to: Date,
  ): Promise<{ ended: number; failures: Failures[] }> {
    const tallies = await this.attempts
      .aggregate<Pick<Tally, 'status' | 'errorClass' | 'count'>>(
        [
          { $match: { tenantId, queuedAt: { $gte: from, $lt: to }, accountId } },
          { $sort: { queuedAt: -1 } },
          { $limit: MOST },
          { $project: { _id: 0, status: 1, errorClass: 1 } },
          { $group: { _id: { status: '$status', errorClass: '$errorClass' }, count: { $sum: 1 } } },
          { $replaceWith: { $mergeObjects: ['$_id', { count: '$count' }] } },
        ],
        { hint: BY_TIME },
      )
      .toArray();
    const failures = failuresOf(tallies);
    return { ended: count(tallies, TAKEN) + count(tallies, FAILED), failures };
  }

  override async customersFailed({ tenantId, accountId }: AccountKey, since: Date): Promise<number> {
    const [found] = await this.attempts
      .aggregate<{ customers: number }>(
        [
          { $match: { tenantId, queuedAt: { $gte: since }, accountId, status: { $in: [...FAILED] } } },
          { $limit: MOST },
          { $group: { _id: '$to' } },
          { $count: 'customers' },
        ],
        { hint: BY_TIME },
      )
      .toArray();
    return found?.customers ?? 0;
  }

  /** From an index alone. */
  private tallies(tenantId: string, now: Date): Promise<Tally[]> {
    const hourAgo = new Date(now.getTime() - HOUR_MS);
    const dayAgo = new Date(now.getTime() - 24 * HOUR_MS);
    return this.attempts
      .aggregate<Tally>(
        [
          { $match: { tenantId, queuedAt: { $gte: dayAgo } } },
          { $sort: { queuedAt: -1 } },
          { $limit: MOST },
          { $project: { _id: 0, accountId: 1, queuedAt: 1, status: 1, errorClass: 1 } },
          {
            $group: {
              _id: {
                accountId: '$accountId',
                ofLastHour: { $gte: ['$queuedAt', hourAgo] },
                status: '$status',
                errorClass: '$errorClass',
              },
              count: { $sum: 1 },
              firstQueuedAt: { $min: '$queuedAt' },
              lastQueuedAt: { $max: '$queuedAt' },
            },
          },
          {
            $replaceWith: {
              $mergeObjects: [
                '$_id',
                { count: '$count', firstQueuedAt: '$firstQueuedAt', lastQueuedAt: '$lastQueuedAt' },
              ],
            },
          },
        ],
        { hint: BY_TIME },
      )
      .toArray();
  }

  private get attempts(): mongo.Collection<Attempt> {
    return this.connection.getClient().db(this.connection.name).collection<Attempt>(ATTEMPTS);
  }
}

function lately(tallies: readonly Tally[]): Pick<RecentSending, 'hour' | 'worksAt'> {
  const hour = tallies.filter(({ ofLastHour }) => ofLastHour);
  const waiting = tallies.filter(({ status }) => status === 'queued');
  const taken = tallies.filter(({ status }) => TAKEN.includes(status));
  return {
    hour: {
      taken: count(hour, TAKEN),
      failures: failuresOf(hour),
      waiting:
        waiting.length === 0
          ? null
          : {
              count: count(waiting, ['queued']),
              since: earliest(waiting.map(({ firstQueuedAt }) => firstQueuedAt)),
            },
    },
    worksAt: taken.length === 0 ? null : latest(taken.map(({ lastQueuedAt }) => lastQueuedAt)),
  };
}

const failuresOf = (tallies: readonly Pick<Tally, 'status' | 'errorClass' | 'count'>[]): Failures[] =>
  tallies
    .filter(({ status }) => FAILED.includes(status))
    .map(({ errorClass, count: n }) => ({ errorClass: errorClass ?? null, count: n }));

const count = (
  tallies: readonly Pick<Tally, 'status' | 'count'>[],
  statuses: readonly DeliveryStatus[],
): number =>
  tallies.filter(({ status }) => statuses.includes(status)).reduce((sum, one) => sum + one.count, 0);

const earliest = (dates: readonly Date[]): Date => new Date(Math.min(...dates.map((at) => at.getTime())));
const latest = (dates: readonly Date[]): Date => new Date(Math.max(...dates.map((at) => at.getTime())));
