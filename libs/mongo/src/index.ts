export { databaseName } from './connect-options.js';
export { MongoDeadLetters, type DeadLetterDocument } from './dead-letters.js';
export { isDuplicateKey, outcomeUnknown } from './errors.js';
export { requireIndexes, type RequiredIndex } from './indexes.js';
export { Lease } from './lease.js';
export { Migrations, type Migration } from './migrations.js';
export { MongoLease } from './mongo-lease.js';
export { MongoModule, type MongoOptions } from './mongo.module.js';
