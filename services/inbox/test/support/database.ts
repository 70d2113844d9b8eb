import { failingUrl, freshDbPrefix } from '@partyline/testing';
import { createConnection, type mongo } from 'mongoose';
import { InboxDatabase } from '../../src/adapters/mongo/inbox-database.js';
import { migrations } from '../../src/adapters/mongo/indexes.js';

export interface TestDatabase {
  readonly database: InboxDatabase;
  readonly client: mongo.MongoClient;
  drop(): Promise<void>;
}

/** A database of a test's own, migrated, with the write concern of production. */
export async function openDatabase(
  appName = 'inbox',
  options: Pick<mongo.MongoClientOptions, 'monitorCommands'> = {},
  url = failingUrl(appName),
): Promise<TestDatabase> {
  const connection = await createConnection(url, {
    dbName: `${freshDbPrefix()}_inbox`,
    writeConcern: { w: 'majority', journal: true },
    autoIndex: false,
    autoCreate: false,
    ...options,
  }).asPromise();
  const database = new InboxDatabase(connection);
  for (const migration of migrations) await migration.up(database.db);
  return {
    database,
    client: connection.getClient(),
    drop: async () => {
      await connection.dropDatabase();
      await connection.close();
    },
  };
}
