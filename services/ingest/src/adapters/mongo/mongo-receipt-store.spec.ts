import { describe, expect, it } from '@jest/globals';
import { mongo, type Connection } from 'mongoose';
import { moment, receipt } from '../../../test/support/fakes.js';
import { MongoReceiptStore } from './mongo-receipt-store.js';

/** A driver whose writes end with this. */
function storeThat(outcome: () => Promise<unknown>): MongoReceiptStore {
  const collection = { insertMany: outcome };
  const connection = { name: 'x', getClient: () => ({ db: () => ({ collection: () => collection }) }) };
  return new MongoReceiptStore(connection as unknown as Connection);
}

const refusal = (index: number, code: number) => ({
  index,
  code,
  errmsg: code === 11_000 ? 'E11000 duplicate key error collection: x index: _id_ dup key: {}' : 'refused',
});

function bulkError(writeErrors: ReturnType<typeof refusal>[], writeConcernError?: object): Error {
  const result = {
    getWriteConcernError: () => writeConcernError,
    getWriteErrors: () => writeErrors,
  } as unknown as mongo.BulkWriteResult;
  const errors = writeErrors as unknown as mongo.WriteError[];
  return new mongo.MongoBulkWriteError({ message: 'bulk', code: 11_000, writeErrors: errors }, result);
}

describe('MongoReceiptStore.insert', () => {
  const receipts = [receipt('a'), receipt('b'), receipt('c')];
  const insert = (outcome: () => Promise<unknown>) => storeThat(outcome).insert(receipts, moment);

  it.each<[string, () => Promise<unknown>, string[]]>([
    ['all stored', () => Promise.resolve(), ['new', 'new', 'new']],
    ['one stored before', () => Promise.reject(bulkError([refusal(1, 11_000)])), ['new', 'duplicate', 'new']],
    [
      'one refused for another reason',
      () => Promise.reject(bulkError([refusal(2, 17_280)])),
      ['new', 'new', 'unknown'],
    ],
    [
      'one stored before, and no majority',
      () =>
        Promise.reject(
          bulkError([refusal(1, 11_000)], { code: 64, errmsg: 'waiting for replication timed out' }),
        ),
      ['unknown', 'unknown', 'unknown'],
    ],
    [
      'nobody answered',
      () => Promise.reject(new mongo.MongoNetworkError('gone')),
      ['unknown', 'unknown', 'unknown'],
    ],
    [
      'the whole bulk failed, and the driver names no document',
      () => Promise.reject(bulkError([])),
      ['unknown', 'unknown', 'unknown'],
    ],
    ['something else', () => Promise.reject(new Error('bug')), ['unknown', 'unknown', 'unknown']],
  ])('%s', async (_case, outcome, expected) => {
    expect(await insert(outcome)).toEqual(expected);
  });
});
