import { setTimeout as pause } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { failpoint } from '@partyline/kernel';
import type { Clock } from '@partyline/kernel';
import type { mongo } from 'mongoose';
import type { Lease } from './lease.js';

/** One step from one shape of the database to the next. May run twice where a run is cut short: make it repeatable. */
export interface Migration {
  /** `0001-what-it-does`; they run in the order of the list, each once. */
  readonly id: string;
  up(db: mongo.Db): Promise<void>;
}

interface Done {
  readonly _id: string;
  readonly at: Date;
}

/** Gives work a database whose answers may take as long as they need: an index over millions of entries takes minutes. */
export type Patiently = (work: (db: mongo.Db) => Promise<void>) => Promise<void>;

const LEASE_MS = 30_000;
const LOOK_AGAIN_MS = 200;

/** Runs what has not run yet, under a lease, before anything else of the service starts. */
export class Migrations {
  private readonly logger = new Logger('Migrations');

  constructor(
    private readonly database: () => mongo.Db,
    private readonly patiently: Patiently,
    private readonly lease: Lease,
    private readonly clock: Clock,
    private readonly list: readonly Migration[],
  ) {
    const ids = list.map(({ id }) => id);
    const twice = ids.find((id, index) => ids.indexOf(id) !== index);
    if (twice !== undefined) throw new Error(`two migrations are called "${twice}"`);
  }

  /** Ids that have not run yet. */
  async pending(): Promise<string[]> {
    return (await this.missing()).map(({ id }) => id);
  }

  /** Resolves when none is pending, whichever replica ran them. Rejects when one fails; those before it stay done. */
  async run(): Promise<void> {
    while ((await this.missing()).length > 0) {
      const ran = await this.lease.runExclusively('migrations', LEASE_MS, (signal) =>
        this.runMissing(signal),
      );
      if (!ran) await pause(LOOK_AGAIN_MS);
    }
  }

  private async runMissing(signal: AbortSignal): Promise<true> {
    for (const migration of await this.missing()) {
      signal.throwIfAborted();
      this.logger.log(`Migrating: ${migration.id}`);
      try {
        await this.patiently((db) => migration.up(db));
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        throw new Error(`migration ${migration.id} failed: ${reason}`, { cause: error });
      }
      failpoint('mongo.migration-applied');
      const done = { _id: migration.id, at: this.clock.now() };
      await this.done.replaceOne({ _id: migration.id }, done, { upsert: true });
    }
    return true;
  }

  private async missing(): Promise<Migration[]> {
    const known = await this.done.find({}, { projection: { _id: 1 } }).toArray();
    const ids = new Set(known.map(({ _id }) => _id));
    return this.list.filter(({ id }) => !ids.has(id));
  }

  private get done(): mongo.Collection<Done> {
    return this.database().collection<Done>('migrations');
  }
}
