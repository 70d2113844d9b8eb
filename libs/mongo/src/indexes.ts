import type { mongo } from 'mongoose';

/** An index without which the service's promises do not hold. */
export interface RequiredIndex {
  readonly collection: string;
  /** In its order: `{ tenantId: 1, conversationId: 1, seq: 1 }`. */
  readonly key: Readonly<Record<string, 1 | -1>>;
  readonly unique?: boolean;
}

/** Throws an Error that names every required index that is missing, or is not unique where it has to be. */
export declare function requireIndexes(db: mongo.Db, indexes: readonly RequiredIndex[]): Promise<void>;
