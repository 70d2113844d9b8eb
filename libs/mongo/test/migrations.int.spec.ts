import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { DeadLetter } from '@partyline/bus';
import { SystemClock } from '@partyline/kernel';
import { Migrations, MongoDeadLetters, MongoLease, type Migration } from '@partyline/mongo';
import { FixedClock } from '@partyline/testing';
import type { mongo } from 'mongoose';
import { openTestDatabase, type TestDatabase } from './test-database.js';

Logger.overrideLogger(false);

let database: TestDatabase;
let db: mongo.Db;

beforeAll(async () => {
  database = await openTestDatabase();
  ({ db } = database);
});

beforeEach(() => db.dropDatabase());

afterAll(() => database.close());

describe('migrations', () => {
  const make = (list: Migration[]) =>
    new Migrations(
      () => db,
      (work) => work(db),
      new MongoLease(() => db, new SystemClock()),
      new SystemClock(),
      list,
    );

  it('run in order, each once, also when several replicas start at once', async () => {
    const ran: string[] = [];
    const list = ['0001-a', '0002-b', '0003-c'].map((id) => ({
      id,
      up: async () => {
        await db.command({ ping: 1 });
        ran.push(id);
      },
    }));
    expect(await make(list).pending()).toEqual(['0001-a', '0002-b', '0003-c']);
    await Promise.all(Array.from({ length: 5 }, () => make(list).run()));
    expect(ran).toEqual(['0001-a', '0002-b', '0003-c']);
    expect(await make(list).pending()).toEqual([]);
  });

  it('stop at the first that fails, name it, and go on there the next time', async () => {
    const ran: string[] = [];
    let broken = true;
    const list: Migration[] = ['0001-a', '0002-b', '0003-c'].map((id) => ({
      id,
      up: () => {
        if (broken && id === '0002-b') return Promise.reject(new Error('the disk is full'));
        ran.push(id);
        return Promise.resolve();
      },
    }));
    await expect(make(list).run()).rejects.toThrow('migration 0002-b failed: the disk is full');
    expect(await make(list).pending()).toEqual(['0002-b', '0003-c']);
    broken = false;
    await make(list).run();
    expect(ran).toEqual(['0001-a', '0002-b', '0003-c']);
  });

  it('cannot have the same name twice', () => {
    const up = () => Promise.resolve();
    expect(() =>
      make([
        { id: 'a', up },
        { id: 'a', up },
      ]),
    ).toThrow('two migrations are called "a"');
  });
});

describe('dead letters', () => {
  it('are kept once, with how often and when they came', async () => {
    const clock = new FixedClock();
    const store = new MongoDeadLetters(() => db, clock);
    const letter: DeadLetter = {
      id: 'ev_1',
      tenantId: 'demo',
      stream: 'ingest',
      subject: 'ingest.demo.message.received.v1',
      eventId: 'ev_1',
      payload: '{"data":{"$where":"a.b"}}',
      headers: { 'Nats-Msg-Id': 'x', 'a.b': '$c' },
      consumer: 'routing-received',
      reason: 'malformed',
      error: 'text: expected string',
    };
    await store.store(letter);
    clock.advance(60_000);
    await store.store({ ...letter, consumer: 'routing-other', error: 'text: still no string' });
    const { id: _id, consumer: _consumer, error: _error, ...kept } = letter;
    expect(await db.collection('deadLetters').find().toArray()).toEqual([
      {
        ...kept,
        _id: 'ev_1',
        consumers: ['routing-received', 'routing-other'],
        error: 'text: still no string',
        firstAt: new Date('2026-11-23T12:00:00.000Z'),
        lastAt: new Date('2026-11-23T12:01:00.000Z'),
        count: 2,
      },
    ]);
  });
});
