import { failingUrl, freshDbPrefix } from '@partyline/testing';
import { createConnection } from 'mongoose';
import { InboxDatabase } from '../../src/adapters/mongo/inbox-database.js';
import { migrations } from '../../src/adapters/mongo/indexes.js';

export interface TestDatabase {
  readonly database: InboxDatabase;
  drop(): Promise<void>;
}

/** A database of a test's own, migrated, with the write concern of production. */
export async function openDatabase(appName = 'inbox'): Promise<TestDatabase> {
  const connection = await createConnection(failingUrl(appName), {
    dbName: `${freshDbPrefix()}_inbox`,
    writeConcern: { w: 'majority', journal: true },
    autoIndex: false,
    autoCreate: false,
  }).asPromise();
  const database = new InboxDatabase(connection);
  for (const migration of migrations) await migration.up(database.db);
  return {
    database,
    drop: async () => {
      await connection.dropDatabase();
      await connection.close();
    },
  };
}
