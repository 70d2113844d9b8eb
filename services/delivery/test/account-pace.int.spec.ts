import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { freshDbPrefix, mongoUrl } from '@partyline/testing';
import mongoose, { type Connection } from 'mongoose';
import { MongoAccountPace } from '../src/adapters/mongo/mongo-account-pace.js';

let connection: Connection;
beforeAll(async () => {
  connection = await mongoose
    .createConnection(mongoUrl(), { dbName: `${freshDbPrefix()}_delivery` })
    .asPromise();
}, 30_000);
beforeEach(() => connection.dropDatabase());
afterAll(async () => {
  await connection.dropDatabase();
  await connection.close();
});

const account = { tenantId: 'acme', carrier: 'twilio', accountId: 'main' };

it('all replicas together send no faster than the account may', async () => {
  const replicas = [new MongoAccountPace(connection), new MongoAccountPace(connection)] as const;
  const begun = performance.now();
  const waits = await Promise.all(
    Array.from({ length: 20 }, (_, index) => replicas[index % 2 === 0 ? 0 : 1].take(account, 10)),
  );
  const elapsed = performance.now() - begun;
  const ascending = waits.toSorted((a, b) => a - b);
  // The turns are 100 ms apart, seen from whenever each was asked for.
  for (const [index, wait] of ascending.entries())
    expect(wait + elapsed).toBeGreaterThanOrEqual(index * 100 - 1);
  expect(ascending.at(-1)).toBeLessThanOrEqual(1_900);
  expect(ascending[0]).toBe(0);
});

it('an idle account sends at once, whatever others do', async () => {
  const pace = new MongoAccountPace(connection);
  expect(await pace.take(account, 0.01)).toBe(0);
  expect(await pace.take(account, 0.01)).toBeGreaterThan(90_000);
  expect(await pace.take({ ...account, accountId: 'other' }, 0.01)).toBe(0);
  expect(await pace.take({ ...account, tenantId: 'other' }, 0.01)).toBe(0);
});

it('a carrier that asks to slow down gets nothing from any replica for as long as it asks', async () => {
  const [one, other] = [new MongoAccountPace(connection), new MongoAccountPace(connection)];
  expect(await other.heldFor(account)).toBe(0);
  await one.holdOff(account, 60_000);
  await one.holdOff(account, 1_000);
  expect(await other.heldFor(account)).toBeGreaterThan(50_000);
  expect(await other.take(account, 10)).toBeGreaterThan(50_000);
});
