import type { mongo } from 'mongoose';
import { indexName } from './errors.js';

/** An index without which the service's promises do not hold. */
export interface RequiredIndex {
  readonly collection: string;
  /** In its order: `{ tenantId: 1, conversationId: 1, seq: 1 }`. */
  readonly key: Readonly<Record<string, 1 | -1>>;
  readonly unique?: boolean;
}

/** Throws an Error that names every required index that is missing, or is not unique where it has to be. */
export async function requireIndexes(db: mongo.Db, indexes: readonly RequiredIndex[]): Promise<void> {
  const faults: string[] = [];
  for (const collection of new Set(indexes.map((index) => index.collection))) {
    const actual = await existingIndexes(db, collection);
    for (const wanted of indexes.filter((index) => index.collection === collection)) {
      const found = actual.find(({ key }) => JSON.stringify(key) === JSON.stringify(wanted.key));
      const name = `${collection}.${indexName(wanted.key)}`;
      if (!found) faults.push(`${name} is missing`);
      else if (wanted.unique && !found.unique) faults.push(`${name} is not unique`);
    }
  }
  if (faults.length > 0) {
    throw new Error(`The database ${db.databaseName} lacks what keeps its data right: ${faults.join(', ')}.`);
  }
}

async function existingIndexes(db: mongo.Db, collection: string): Promise<mongo.IndexDescriptionInfo[]> {
  const exists = await db.listCollections({ name: collection }, { nameOnly: true }).hasNext();
  return exists ? db.collection(collection).indexes() : [];
}
