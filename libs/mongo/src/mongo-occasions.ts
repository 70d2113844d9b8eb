import type { Clock } from '@partyline/kernel';
import type { mongo } from 'mongoose';
import type { Lease } from './lease.js';
import { Occasions } from './occasions.js';

interface OccasionDocument {
  readonly _id: string;
  readonly lastAt?: Date;
  /** When an operator asked for it; gone when that was done. */
  readonly asked?: Date;
}

const LEASE_MS = 15_000;

/** Occasions as documents of the collection `occasions`. */
export class MongoOccasions extends Occasions {
  constructor(
    private readonly database: () => mongo.Db,
    private readonly lease: Lease,
    private readonly clock: Clock,
  ) {
    super();
  }

  override async runWhenDue(name: string, everyMs: number, fn: () => Promise<unknown>): Promise<boolean> {
    if (!(await this.due(name, everyMs))) return false;
    const ran = await this.lease.runExclusively(`occasion:${name}`, LEASE_MS, async () => {
      // Another replica may have done it since.
      const due = await this.due(name, everyMs);
      if (!due) return false;
      const lastAt = this.clock.now();
      await fn();
      await this.occasions.updateOne({ _id: name }, { $set: { lastAt } }, { upsert: true });
      // What was asked for meanwhile is still to be done.
      if (due.asked)
        await this.occasions.updateOne({ _id: name, asked: due.asked }, { $unset: { asked: '' } });
      return true;
    });
    return ran ?? false;
  }

  private async due(name: string, everyMs: number): Promise<Pick<OccasionDocument, 'asked'> | null> {
    const known = await this.occasions.findOne({ _id: name });
    if (known?.asked) return { asked: known.asked };
    if (everyMs === Infinity) return null;
    const last = known?.lastAt?.getTime() ?? Number.NEGATIVE_INFINITY;
    return this.clock.now().getTime() - last >= everyMs ? {} : null;
  }

  private get occasions(): mongo.Collection<OccasionDocument> {
    return this.database().collection<OccasionDocument>('occasions');
  }
}
