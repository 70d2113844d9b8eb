import { newId, type Clock } from '@partyline/kernel';
import type { mongo } from 'mongoose';
import { isDuplicateKey } from './errors.js';
import { Lease } from './lease.js';

interface LeaseDocument {
  readonly _id: string;
  readonly holder: string;
  readonly expiresAt: Date;
}

/** Leases as documents of the collection `leases`. The clocks of the replicas may differ by less than a lease lasts. */
export class MongoLease extends Lease {
  constructor(
    private readonly database: () => mongo.Db,
    private readonly clock: Clock,
  ) {
    super();
  }

  override async runExclusively<T>(
    name: string,
    ttlMs: number,
    fn: (signal: AbortSignal) => Promise<T>,
  ): Promise<T | undefined> {
    const holder = newId('holder');
    if (!(await this.acquire(name, holder, ttlMs))) return undefined;
    const lost = new AbortController();
    const stopRenewing = this.keepRenewing(name, holder, ttlMs, lost);
    try {
      return await fn(lost.signal);
    } finally {
      await stopRenewing();
      // Where this fails the lease runs out by itself.
      await this.leases.deleteOne({ _id: name, holder }).catch(() => undefined);
    }
  }

  private async acquire(name: string, holder: string, ttlMs: number): Promise<boolean> {
    const now = this.clock.now();
    try {
      const { upsertedCount, modifiedCount } = await this.leases.updateOne(
        { _id: name, expiresAt: { $lte: now } },
        { $set: { holder, expiresAt: after(now, ttlMs) } },
        { upsert: true },
      );
      return upsertedCount + modifiedCount > 0;
    } catch (error) {
      // It exists and has not expired, so the upsert met its _id.
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  private keepRenewing(
    name: string,
    holder: string,
    ttlMs: number,
    lost: AbortController,
  ): () => Promise<void> {
    let expiresAt = after(this.clock.now(), ttlMs);
    let renewing: Promise<void> = Promise.resolve();
    const renew = async (): Promise<void> => {
      const now = this.clock.now();
      const renewed = await this.leases
        .updateOne({ _id: name, holder }, { $set: { expiresAt: after(now, ttlMs) } })
        .catch(() => undefined);
      if (renewed?.matchedCount === 1) expiresAt = after(now, ttlMs);
      else if (renewed || this.clock.now() >= expiresAt)
        lost.abort(new Error(`the lease "${name}" was lost`));
    };
    const timer = setInterval(() => {
      renewing = renewing.then(renew);
    }, ttlMs / 3);
    return () => {
      clearInterval(timer);
      return renewing;
    };
  }

  private get leases(): mongo.Collection<LeaseDocument> {
    return this.database().collection<LeaseDocument>('leases');
  }
}

function after(moment: Date, milliseconds: number): Date {
  return new Date(moment.getTime() + milliseconds);
}
