import { failingUrl, freshDbPrefix } from '@partyline/testing';
import { createConnection, type mongo } from 'mongoose';

export interface TestDatabase {
  readonly db: mongo.Db;
  /** Drops it and disconnects. */
  close(): Promise<void>;
}

/** A database of a test file's own. */
export async function openTestDatabase(appName = 'test'): Promise<TestDatabase> {
  const connection = await createConnection(failingUrl(appName), { dbName: freshDbPrefix() }).asPromise();
  const { db } = connection;
  if (!db) throw new Error('MongoDB is not connected');
  return {
    db,
    close: async () => {
      await connection.dropDatabase();
      await connection.close();
    },
  };
}
