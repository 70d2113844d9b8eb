import type { Connection, mongo } from 'mongoose';

/** The service's own database. */
export function databaseOf(connection: Connection): mongo.Db {
  if (!connection.db) throw new Error('MongoDB is not connected.');
  return connection.db;
}
