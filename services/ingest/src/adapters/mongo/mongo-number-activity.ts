import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { derivedId } from '@partyline/kernel';
import type { Connection, mongo } from 'mongoose';
import { NumberActivity, type NumberHistory } from '../../application/number-activity.js';
import { hourOf } from '../../domain/quiet.js';
import { databaseOf, NUMBER_DAYS, type NumberDayDocument } from './collections.js';
import { Gathered } from './gathered.js';

const FLUSH_MS = 5_000;
/** Two weeks longer than the rule looks back from a last text, so that a quiet number is not forgotten at once. */
const KEPT_MS = 70 * 24 * 3_600_000;

interface Pending {
  readonly tenantId: string;
  readonly number: string;
  readonly day: number;
  readonly hours: Map<number, number>;
  accountId: string;
  lastAt: Date;
}

@Injectable()
export class MongoNumberActivity
  extends NumberActivity
  implements OnApplicationBootstrap, BeforeApplicationShutdown
{
  private readonly logger = new Logger(MongoNumberActivity.name);
  private readonly pending = new Gathered<Pending>('writing of when texts came', FLUSH_MS, (all) =>
    this.write(all),
  );

  constructor(@InjectConnection() private readonly connection: Connection) {
    super();
  }

  private get days(): mongo.Collection<NumberDayDocument> {
    return databaseOf(this.connection).collection<NumberDayDocument>(NUMBER_DAYS);
  }

  onApplicationBootstrap(): void {
    this.pending.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.pending.stop();
  }

  override heard(tenantId: string, number: string, accountId: string, at: Date): void {
    const hour = hourOf(at);
    const day = Math.floor(hour / 24);
    const pending = this.pending.of(`${day} ${number} ${tenantId}`, () => ({
      tenantId,
      number,
      day,
      hours: new Map<number, number>(),
      accountId,
      lastAt: at,
    }));
    pending.hours.set(hour % 24, (pending.hours.get(hour % 24) ?? 0) + 1);
    pending.accountId = accountId;
    if (at > pending.lastAt) pending.lastAt = at;
  }

  override async *histories(): AsyncIterable<NumberHistory> {
    await this.pending.flush();
    const key = { tenantId: 1, number: 1, day: 1 } as const;
    let days: NumberDayDocument[] = [];
    for await (const day of this.days.find().sort(key).hint(key)) {
      const [first] = days;
      if (first && (first.tenantId !== day.tenantId || first.number !== day.number)) {
        yield historyOf(days);
        days = [];
      }
      days.push(day);
    }
    if (days.length > 0) yield historyOf(days);
  }

  private async write(flushing: readonly Pending[]): Promise<void> {
    try {
      await this.days.bulkWrite(
        flushing.map(({ tenantId, number, day, hours, accountId, lastAt }) => ({
          updateOne: {
            filter: { _id: derivedId('nd', tenantId, number, String(day)), tenantId },
            update: {
              $setOnInsert: { number, day, expireAt: new Date(day * 24 * 3_600_000 + KEPT_MS) },
              $set: { accountId },
              $max: { lastAt },
              $inc: Object.fromEntries([...hours].map(([hour, count]) => [`hours.${hour}`, count])),
            },
            upsert: true,
          },
        })),
        { ordered: false },
      );
    } catch (error) {
      // Some may be written: counting them again would be worse than not counting the others.
      this.logger.warn(
        `When texts came for ${flushing.length} numbers is not written down: ${String(error)}`,
      );
    }
  }
}

function historyOf(days: readonly NumberDayDocument[]): NumberHistory {
  const latest = days.reduce((last, day) => (day.lastAt > last.lastAt ? day : last));
  const { tenantId, number, accountId, lastAt } = latest;
  const hours = new Map(
    days.flatMap(({ day, hours: counts }) =>
      Object.entries(counts).map(([hour, count]): [number, number] => [day * 24 + Number(hour), count]),
    ),
  );
  return { tenantId, number, accountId, lastAt, hours };
}
