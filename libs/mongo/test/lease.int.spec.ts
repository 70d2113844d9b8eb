import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SystemClock } from '@partyline/kernel';
import { MongoLease } from '@partyline/mongo';
import { eventually, FixedClock } from '@partyline/testing';
import type { mongo } from 'mongoose';
import { openTestDatabase, type TestDatabase } from './test-database.js';

let database: TestDatabase;
let db: mongo.Db;

beforeAll(async () => {
  database = await openTestDatabase();
  ({ db } = database);
});

beforeEach(() => db.dropDatabase());

afterAll(() => database.close());

describe('a lease', () => {
  let clock: FixedClock;
  let lease: MongoLease;

  beforeEach(() => {
    clock = new FixedClock();
    lease = new MongoLease(() => db, clock);
  });

  it('has one holder at a time, however many ask', async () => {
    let holders = 0;
    let most = 0;
    const work = async () => {
      holders += 1;
      most = Math.max(most, holders);
      await db.command({ ping: 1 });
      holders -= 1;
      return true;
    };
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => lease.runExclusively('sweep', 10_000, work)),
    );
    expect(most).toBe(1);
    expect(outcomes.filter(Boolean).length).toBeGreaterThanOrEqual(1);
  });

  it('is free again when its holder is done, also by failing', async () => {
    await expect(
      lease.runExclusively('sweep', 10_000, () => Promise.reject(new Error('no'))),
    ).rejects.toThrow('no');
    expect(await lease.runExclusively('sweep', 10_000, () => Promise.resolve('done'))).toBe('done');
  });

  it('is taken over only after it has run out', async () => {
    let finish = () => {};
    const held = lease.runExclusively(
      'sweep',
      10_000,
      () => new Promise<void>((resolve) => (finish = resolve)),
    );
    await eventually(async () => expect(await db.collection('leases').countDocuments()).toBe(1));
    clock.advance(9_999);
    expect(await lease.runExclusively('sweep', 10_000, () => Promise.resolve('mine'))).toBeUndefined();
    clock.advance(1);
    expect(await lease.runExclusively('sweep', 10_000, () => Promise.resolve('mine'))).toBe('mine');
    finish();
    await held;
  });

  it('is renewed while its holder works, and tells the holder when it is lost', async () => {
    const quick = new MongoLease(() => db, new SystemClock());
    let finish = () => {};
    let lost: AbortSignal | undefined;
    const held = quick.runExclusively('sweep', 300, (signal) => {
      lost = signal;
      return new Promise<void>((resolve) => (finish = resolve));
    });
    const leases = db.collection<{ _id: string; expiresAt: Date }>('leases');
    const first = await eventually(async () => (await leases.findOne({ _id: 'sweep' }))?.expiresAt ?? false);
    await eventually(async () =>
      expect((await leases.findOne({ _id: 'sweep' }))?.expiresAt.getTime()).toBeGreaterThan(
        first.getTime() + 400,
      ),
    );
    expect(lost?.aborted).toBe(false);
    await leases.updateOne({ _id: 'sweep' }, { $set: { holder: 'another' } });
    await eventually(() => expect(lost?.aborted).toBe(true));
    finish();
    await held;
    expect(await leases.countDocuments({ holder: 'another' })).toBe(1);
  });
});
