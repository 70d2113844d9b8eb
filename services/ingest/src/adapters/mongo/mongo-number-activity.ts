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
  private pending = new Map<string, Pending>();
  private timer: NodeJS.Timeout | undefined;

  constructor(@InjectConnection() private readonly connection: Connection) {
    super();
  }

  private get days(): mongo.Collection<NumberDayDocument> {
    return databaseOf(this.connection).collection<NumberDayDocument>(NUMBER_DAYS);
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.flush(), FLUSH_MS);
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.flush();
  }

  override heard(tenantId: string, number: string, accountId: string, at: Date): void {
    const hour = hourOf(at);
    const day = Math.floor(hour / 24);
    const id = derivedId('nd', tenantId, number, String(day));
    let pending = this.pending.get(id);
    if (!pending) {
      pending = { tenantId, number, day, hours: new Map(), accountId, lastAt: at };
      this.pending.set(id, pending);
    }
    pending.hours.set(hour % 24, (pending.hours.get(hour % 24) ?? 0) + 1);
    pending.accountId = accountId;
    if (at > pending.lastAt) pending.lastAt = at;
  }

  override async *histories(): AsyncIterable<NumberHistory> {
    await this.flush();
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

  private async flush(): Promise<void> {
    if (this.pending.size === 0) return;
    const flushing = this.pending;
    this.pending = new Map();
    try {
      await this.days.bulkWrite(
        [...flushing].map(([id, { tenantId, number, day, hours, accountId, lastAt }]) => ({
          updateOne: {
            filter: { _id: id, tenantId },
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
      this.logger.warn(`When texts came for ${flushing.size} numbers is not written down: ${String(error)}`);
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
