import type { mongo } from 'mongoose';

/** One step from one shape of the database to the next. May run twice where a run is cut short: make it repeatable. */
export interface Migration {
  /** `0001-what-it-does`; they run in the order of the list, each once. */
  readonly id: string;
  up(db: mongo.Db): Promise<void>;
}

/** Runs what has not run yet, under a lease, before anything else of the service starts. */
export declare class Migrations {
  /** Ids that have not run yet. */
  pending(): Promise<string[]>;
  run(): Promise<void>;
}
