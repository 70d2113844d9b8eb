import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { MongoLease, MongoOccasions } from '@partyline/mongo';
import { FixedClock } from '@partyline/testing';
import type { mongo } from 'mongoose';
import { openTestDatabase, type TestDatabase } from './test-database.js';

const DAY = 86_400_000;

let database: TestDatabase;
let db: mongo.Db;
beforeAll(async () => {
  database = await openTestDatabase();
  ({ db } = database);
});
beforeEach(() => db.dropDatabase());
afterAll(() => database.close());

describe('an occasion', () => {
  let clock: FixedClock;
  let runs: number;
  const replica = () => new MongoOccasions(() => db, new MongoLease(() => db, clock), clock);
  const run = () => {
    runs += 1;
    return Promise.resolve();
  };
  const ask = () =>
    db
      .collection<{ _id: string }>('occasions')
      .updateOne({ _id: 'tell' }, { $set: { asked: clock.now() } }, { upsert: true });

  beforeEach(() => {
    clock = new FixedClock();
    runs = 0;
  });

  it('comes when it was never there, and again when its time is over, whichever replica asks', async () => {
    expect(await replica().runWhenDue('tell', DAY, run)).toBe(true);
    clock.advance(DAY - 1);
    expect(await replica().runWhenDue('tell', DAY, run)).toBe(false);
    clock.advance(1);
    expect(await replica().runWhenDue('tell', DAY, run)).toBe(true);
    expect(runs).toBe(2);
  });

  it('is one even where many replicas ask at once', async () => {
    await Promise.all(Array.from({ length: 10 }, () => replica().runWhenDue('tell', DAY, run)));
    expect(runs).toBe(1);
  });

  it('stays due where the work failed', async () => {
    const failing = replica().runWhenDue('tell', DAY, () => Promise.reject(new Error('no bus')));
    await expect(failing).rejects.toThrow('no bus');
    expect(await replica().runWhenDue('tell', DAY, run)).toBe(true);
  });

  it('comes at once, and once, when an operator asks for it', async () => {
    await replica().runWhenDue('tell', DAY, run);
    await ask();
    expect(await replica().runWhenDue('tell', DAY, run)).toBe(true);
    expect(await replica().runWhenDue('tell', DAY, run)).toBe(false);
  });

  it('comes again when it was asked for while it ran', async () => {
    await ask();
    await replica().runWhenDue('tell', Infinity, async () => {
      clock.advance(1);
      await ask();
    });
    expect(await replica().runWhenDue('tell', Infinity, run)).toBe(true);
  });

  it('without a time comes only when it is asked for', async () => {
    expect(await replica().runWhenDue('tell', Infinity, run)).toBe(false);
    await ask();
    expect(await replica().runWhenDue('tell', Infinity, run)).toBe(true);
    clock.advance(1000 * DAY);
    expect(await replica().runWhenDue('tell', Infinity, run)).toBe(false);
  });
});
