import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { requireIndexes } from '@partyline/mongo';
import { freshDbPrefix, mongoUrl } from '@partyline/testing';
import mongoose, { type Connection } from 'mongoose';
import { migrations, requiredIndexes } from '../src/adapters/mongo/indexes.js';
import { MongoAttemptStore } from '../src/adapters/mongo/mongo-attempt-store.js';
import { MongoConsents } from '../src/adapters/mongo/mongo-consents.js';
import { ProviderIdTaken, type AttemptStore } from '../src/application/attempt-store.js';
import { claimed } from '../src/domain/sending.js';
import { MemoryAttemptStore } from './support/memory-attempt-store.js';
import { after, anAttempt, NOON } from './support/replies.js';

let connection: Connection;

beforeAll(async () => {
  connection = await mongoose
    .createConnection(mongoUrl(), { dbName: `${freshDbPrefix()}_delivery` })
    .asPromise();
}, 30_000);

beforeEach(async () => {
  await connection.dropDatabase();
  for (const { up } of migrations) await up(connection.getClient().db(connection.name));
});

afterAll(async () => {
  await connection.dropDatabase();
  await connection.close();
});

const DEMO = { tenantId: 'demo', conversationId: 'cv_1' };
const BY_CARRIER = { tenantId: 'demo', carrier: 'simulator', accountId: 'demo-simulator', reference: null };

describe.each<[string, () => AttemptStore]>([
  ['in memory', () => new MemoryAttemptStore()],
  ['in MongoDB', () => new MongoAttemptStore(connection)],
])('attempts %s', (_label, make) => {
  let store: AttemptStore;
  beforeEach(() => {
    store = make();
  });

  const given = async (...attempts: Parameters<typeof anAttempt>[0][]): Promise<void> => {
    await store.add(attempts.map((change) => anAttempt(change)));
  };

  it('are added once, and come back as they were', async () => {
    expect(await store.add([anAttempt()])).toEqual(new Set());
    expect(await store.add([anAttempt({ text: 'other' }), anAttempt({ id: 'ms_2' })])).toEqual(
      new Set(['ms_1']),
    );
    expect(await store.ofMessage('demo', 'ms_1')).toContainEqual(anAttempt());
  });

  it('are claimed by one of many', async () => {
    await given({});
    const claims = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        store.change({ tenantId: 'demo', id: 'ms_1' }, (one) => claimed(one, `cl_${index}`, NOON, 1_000)),
      ),
    );
    expect(claims.filter((claim) => claim !== null)).toHaveLength(1);
  });

  it('lose their text when somebody is forgotten, but those on their way, which are counted', async () => {
    await given({ state: 'settled', status: 'delivered' }, { id: 'ms_2', messageId: 'ms_2' });
    expect(await store.erase('other', ['ms_1', 'ms_2'])).toEqual({ erased: 0, open: 0 });
    expect(await store.erase('demo', ['ms_1', 'ms_2'])).toEqual({ erased: 1, open: 1 });
    expect(await store.ofMessage('demo', 'ms_1')).toMatchObject([
      { text: '', media: [], status: 'delivered' },
    ]);
    expect(await store.ofMessage('demo', 'ms_2')).toMatchObject([{ text: anAttempt().text }]);
  });

  it('are not there for another tenant', async () => {
    await given({ providerMessageId: 'SM1' });
    expect(await store.change({ tenantId: 'other', id: 'ms_1' }, (one) => one)).toBeNull();
    expect(await store.ofMessage('other', 'ms_1')).toEqual([]);
    expect(await store.ofCarrier({ ...BY_CARRIER, tenantId: 'other', providerMessageId: 'SM1' })).toBeNull();
    expect(await store.head({ ...DEMO, tenantId: 'other' })).toEqual([]);
  });

  it('are found by what the carrier calls them, or by our reference', async () => {
    await given({ providerMessageId: 'SM1' }, { id: 'ms_2', messageId: 'ms_2' });
    const find = async (providerMessageId: string, reference: string | null) =>
      (await store.ofCarrier({ ...BY_CARRIER, providerMessageId, reference }))?.id;
    expect(await find('SM1', null)).toBe('ms_1');
    expect(await find('SM2', null)).toBeUndefined();
    expect(await find('SM2', 'ms_2')).toBe('ms_2');
    // A further part of the same text.
    expect(await find('SM3', 'ms_1')).toBe('ms_1');
  });

  it('never share a provider id', async () => {
    await given({ providerMessageId: 'SM1' }, { id: 'ms_2' });
    const take = store.change({ tenantId: 'demo', id: 'ms_2' }, (one) => ({
      ...one,
      providerMessageId: 'SM1',
    }));
    await expect(take).rejects.toBeInstanceOf(ProviderIdTaken);
  });

  it('at the head of a conversation are those of its earliest unsettled reply', async () => {
    await given(
      { id: 'b1', messageId: 'b', seq: 3 },
      { id: 'b2', messageId: 'b', seq: 3 },
      { id: 'c', messageId: 'c', seq: 3, index: 1 },
      { id: 'a', messageId: 'a', seq: 2, state: 'settled', status: 'unknown' },
    );
    expect((await store.head(DEMO)).map(({ id }) => id).sort()).toEqual(['b1', 'b2']);
  });

  it('are due only at the head of their conversation', async () => {
    await given(
      { id: 'waits', seq: 2, nextAttemptAt: after(60_000) },
      { id: 'behind', seq: 3 },
      { id: 'other', conversationId: 'cv_2', seq: 9 },
      { id: 'sending', conversationId: 'cv_3', seq: 1, state: 'sending' },
      { id: 'after', conversationId: 'cv_3', seq: 2 },
    );
    expect((await store.due(NOON, 10)).map(({ conversationId }) => conversationId)).toEqual(['cv_2']);
    expect(await store.due(after(60_000), 10)).toHaveLength(2);
  });

  it('are found when their claim ran out, and when they have to be announced again', async () => {
    const claim = { id: 'cl', startedAt: NOON, until: after(10) };
    await given(
      { id: 'stuck', state: 'sending', claim },
      { id: 'untold', unlanded: true, announceAt: after(5) },
    );
    expect(await store.overdue(after(9), 10)).toEqual([]);
    expect((await store.overdue(after(10), 10)).map(({ id }) => id)).toEqual(['stuck']);
    expect(await store.unlanded(after(4), 10)).toEqual([]);
    expect((await store.unlanded(after(5), 10)).map(({ id }) => id)).toEqual(['untold']);
  });
});

describe('indexes', () => {
  it('are all there after the migrations', async () => {
    const missing = requireIndexes(connection.getClient().db(connection.name), requiredIndexes);
    await expect(missing).resolves.toBeUndefined();
  });
});

describe('consents', () => {
  it('keep the latest word, in whatever order and however often they come', async () => {
    const consents = new MongoConsents(connection);
    const said = { tenantId: 'demo', number: '+12125550101', peer: '+12125557001' };
    const stop = { ...said, optedOut: true, at: NOON };
    const start = { ...said, optedOut: false, at: after(1_000) };
    await consents.record([stop]);
    expect(await consents.optedOut('demo', said.number, said.peer)).toBe(true);
    await consents.record([start, stop, stop]);
    expect(await consents.optedOut('demo', said.number, said.peer)).toBe(false);
    expect(await consents.optedOut('other', said.number, said.peer)).toBe(false);
    expect(await consents.optedOut('demo', '+12125550102', said.peer)).toBe(false);
  });
});
