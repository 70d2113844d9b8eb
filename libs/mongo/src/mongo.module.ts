import type { DynamicModule } from '@nestjs/common';
import type { RequiredIndex } from './indexes.js';
import type { Migration } from './migrations.js';

export interface MongoOptions {
  readonly service: string;
  /** mongodb://host:port/?replicaSet=name */
  readonly url: string;
  /** Run in this order at start. */
  readonly migrations?: readonly Migration[];
  /** Checked after the migrations, and by readiness. */
  readonly requiredIndexes?: readonly RequiredIndex[];
  /** How long an operation waits for a primary before it fails, milliseconds; 5000 unless given. */
  readonly serverSelectionTimeoutMs?: number;
}

/** The service's own database as Mongoose's default connection (`@InjectConnection()`, `MongooseModule.forFeature`). */
export declare class MongoModule {
  static forRoot(options: MongoOptions): DynamicModule;
}
