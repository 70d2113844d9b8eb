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
  /** How long an answer may take before its connection is given up, milliseconds; 20000 unless given. Not of migrations. */
  readonly socketTimeoutMs?: number;
}
