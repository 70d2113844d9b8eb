import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { isDuplicateKey, requireIndexes, outcomeUnknown, type RequiredIndex } from '@partyline/mongo';
import { failInserts, WRITE_FAULTS } from '@partyline/testing';
import type { mongo } from 'mongoose';
import { openTestDatabase, type TestDatabase } from './test-database.js';

const SEQ = { tenantId: 1, conversationId: 1, seq: 1 } as const;
const MESSAGE = { tenantId: 1, messageId: 1 } as const;

const APP = 'libs-mongo-errors';
let database: TestDatabase;
let db: mongo.Db;

beforeAll(async () => {
  database = await openTestDatabase(APP);
  ({ db } = database);
});

beforeEach(() => db.dropDatabase());

afterAll(() => database.close());

describe('errors', () => {
  let log: mongo.Collection;

  beforeEach(async () => {
    log = db.collection('log');
    await log.createIndex(SEQ, { unique: true });
    await log.createIndex(MESSAGE, { unique: true });
    await log.insertOne({
      tenantId: 't',
      conversationId: 'c',
      seq: 1,
      messageId: 'm',
      text: ' index: tenantId_1 dup key',
    });
  });

  const failure = (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => undefined,
      (error: unknown) => error,
    );

  it('tell which unique key was met, of a single write', async () => {
    const error = await failure(
      log.insertOne({ tenantId: 't', conversationId: 'c', seq: 1, messageId: 'other' }),
    );
    expect(isDuplicateKey(error)).toBe(true);
    expect(isDuplicateKey(error, SEQ)).toBe(true);
    expect(isDuplicateKey(error, MESSAGE)).toBe(false);
    expect(outcomeUnknown(error)).toBe(false);
  });

  it('tell which unique key was met, of each write of a bulk', async () => {
    const documents = [
      { tenantId: 't', conversationId: 'c', seq: 1, messageId: 'a' },
      { tenantId: 't', conversationId: 'c', seq: 2, messageId: 'm' },
      { tenantId: 't', conversationId: 'c', seq: 3, messageId: 'b' },
    ];
    const error = await failure(log.insertMany(documents, { ordered: false }));
    expect(isDuplicateKey(error, SEQ)).toBe(true);
    expect(isDuplicateKey(error, MESSAGE)).toBe(true);
    expect(isDuplicateKey(error, { tenantId: 1 })).toBe(false);
    const refusals = [(error as mongo.MongoBulkWriteError).writeErrors].flat();
    expect(
      refusals.map((refusal) => [
        refusal.index,
        isDuplicateKey(refusal, SEQ),
        isDuplicateKey(refusal, MESSAGE),
      ]),
    ).toEqual([
      [0, true, false],
      [1, false, true],
    ]);
  });

  it('tell a write that no majority confirmed', async () => {
    // One member cannot give the two acknowledgements asked for.
    const error = await failure(log.insertOne({ x: 1 }, { writeConcern: { w: 2, wtimeoutMS: 50 } }));
    expect(outcomeUnknown(error)).toBe(true);
    expect(isDuplicateKey(error)).toBe(false);
  });

  it.each(Object.entries(WRITE_FAULTS))(
    'tell that nobody knows what became of a bulk after %s',
    async (_name, fault) => {
      await failInserts(APP, fault);
      const error = await failure(
        log.insertMany(
          [
            { tenantId: 't', x: 1 },
            { tenantId: 't', x: 2 },
          ],
          { ordered: false },
        ),
      );
      expect(error).toBeInstanceOf(Error);
      expect(outcomeUnknown(error)).toBe(true);
      expect(isDuplicateKey(error)).toBe(false);
    },
  );

  it('are nothing of the kind for other faults', async () => {
    for (const error of [new Error('E11000'), undefined, null, 'E11000', { code: 11 }]) {
      expect([isDuplicateKey(error), outcomeUnknown(error)]).toEqual([false, false]);
    }
    await expect(failure(log.insertMany([{ _id: 1 as never }, { _id: 1 as never }]))).resolves.toBeInstanceOf(
      Error,
    );
  });
});

describe('required indexes', () => {
  const required: RequiredIndex[] = [
    { collection: 'log', key: SEQ, unique: true },
    { collection: 'log', key: MESSAGE, unique: true },
    { collection: 'other', key: { tenantId: 1 } },
  ];

  it('are named when they are missing or not unique', async () => {
    await db.collection('log').createIndex(MESSAGE);
    await expect(requireIndexes(db, required)).rejects.toThrow(
      'lacks what keeps its data right: log.tenantId_1_conversationId_1_seq_1 is missing, ' +
        'log.tenantId_1_messageId_1 is not unique, other.tenantId_1 is missing.',
    );
  });

  it('are fine when they are there', async () => {
    for (const { collection, key, unique } of required)
      await db.collection(collection).createIndex(key, unique ? { unique } : {});
    await expect(requireIndexes(db, required)).resolves.toBeUndefined();
  });
});
