import type { MongooseModuleOptions } from '@nestjs/mongoose';
import type { ConnectOptions } from 'mongoose';
import type { MongoOptions } from './mongo-options.js';

/** `<MONGODB_DB_PREFIX, or partyline>_<service>`: no service reads another's. */
export function databaseName(service: string, env: NodeJS.ProcessEnv = process.env): string {
  return `${env.MONGODB_DB_PREFIX || 'partyline'}_${service}`;
}

export function connectOptions(
  options: Pick<MongoOptions, 'service' | 'serverSelectionTimeoutMs' | 'socketTimeoutMs'>,
): MongooseModuleOptions {
  return {
    ...clientOptions(options),
    retryAttempts: 12,
    retryDelay: 1_000,
    verboseRetryLog: true,
  };
}

/** The same for whoever connects without Nest. */
export function clientOptions(
  options: Pick<MongoOptions, 'service' | 'serverSelectionTimeoutMs' | 'socketTimeoutMs'>,
): ConnectOptions & { readonly dbName: string } {
  return {
    dbName: databaseName(options.service),
    appName: `partyline-${options.service}`,
    // Acknowledged means: on the disks of a majority. A write that cannot get there in time ends as unknown.
    writeConcern: { w: 'majority', journal: true, wtimeoutMS: 10_000 },
    readPreference: 'primary',
    serverSelectionTimeoutMS: options.serverSelectionTimeoutMs ?? 5_000,
    connectTimeoutMS: 5_000,
    heartbeatFrequencyMS: 2_000,
    // A server that is stopped rather than gone answers nothing; nobody may wait for it for ever.
    socketTimeoutMS: options.socketTimeoutMs ?? 20_000,
    // Indexes are made by migrations, so that no start of a second replica builds one by surprise.
    autoIndex: false,
    autoCreate: false,
    bufferCommands: false,
  };
}
