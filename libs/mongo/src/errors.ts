import { mongo } from 'mongoose';

const DUPLICATE_KEY = 11_000;

/**
 * Whether a write was refused because a unique key exists already; of a bulk write, whether one of its refusals was.
 * `keyPattern` narrows it to one index: `{ tenantId: 1, messageId: 1 }`. Takes single write errors of a bulk, too; of
 * those MongoDB's driver keeps no more than the index's name, which therefore has to be the one that MongoDB gives.
 */
export function isDuplicateKey(error: unknown, keyPattern?: Readonly<Record<string, unknown>>): boolean {
  if (error instanceof mongo.MongoBulkWriteError) {
    const refusals = [error.writeErrors].flat();
    if (refusals.length > 0) return refusals.some((refusal) => isDuplicateKey(refusal, keyPattern));
  }
  if (!hasCode(error) || error.code !== DUPLICATE_KEY) return false;
  if (!keyPattern) return true;
  if (error instanceof mongo.MongoServerError && error.keyPattern)
    return isSame(error.keyPattern, keyPattern);
  const index = / index: (\S+) dup key/.exec(error.errmsg ?? error.message ?? '')?.[1];
  return index === indexName(keyPattern);
}

/**
 * Whether nobody can say what became of a write: it (even a refused one) was not confirmed by a majority, or the whole
 * bulk failed. The driver wraps lost connections, time-outs and step-downs in a MongoBulkWriteError that names no
 * document: then silence about a document does not mean that it was written.
 */
export function outcomeUnknown(error: unknown): boolean {
  if (error instanceof mongo.MongoWriteConcernError) return true;
  if (error instanceof mongo.MongoBulkWriteError) {
    const named = [error.writeErrors].flat().filter(Boolean);
    return (
      named.length === 0 || error.err !== undefined || error.result?.getWriteConcernError() !== undefined
    );
  }
  return error instanceof mongo.MongoServerError && error.errorResponse?.writeConcernError !== undefined;
}

/** The name that MongoDB gives an index: `tenantId_1_messageId_1`. */
export function indexName(key: Readonly<Record<string, unknown>>): string {
  return Object.entries(key)
    .map(([field, direction]) => `${field}_${String(direction)}`)
    .join('_');
}

interface Coded {
  readonly code: number;
  readonly errmsg?: string;
  readonly message?: string;
}

function hasCode(error: unknown): error is Coded {
  return typeof error === 'object' && error !== null && 'code' in error;
}

function isSame(actual: object, wanted: object): boolean {
  return JSON.stringify(actual) === JSON.stringify(wanted);
}
