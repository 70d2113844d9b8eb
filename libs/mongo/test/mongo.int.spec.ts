import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Controller, Get, Inject, Logger, Module, type OnModuleInit } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { DeadLetters, type DeadLetter } from '@partyline/bus';
import { newId, SystemClock } from '@partyline/kernel';
import { isDuplicateKey, Lease, Migrations, MongoDeadLetters, MongoLease, MongoModule, requireIndexes, writeConcernFailed, type Migration, type RequiredIndex } from '@partyline/mongo';
import { ObservabilityModule } from '@partyline/observability';
import { eventually, FixedClock, freshDbPrefix, mongoUrl, startService, type RunningService } from '@partyline/testing';
import { createConnection, type Connection, type mongo } from 'mongoose';

jest.setTimeout(30_000);
Logger.overrideLogger(false);

const SEQ = { tenantId: 1, conversationId: 1, seq: 1 } as const;
const MESSAGE = { tenantId: 1, messageId: 1 } as const;

describe('MongoDB', () => {
  let connection: Connection;
  let db: mongo.Db;

  beforeAll(async () => {
    connection = await createConnection(mongoUrl(), { dbName: freshDbPrefix() }).asPromise();
    if (!connection.db) throw new Error('not connected');
    db = connection.db;
  });

  beforeEach(() => db.dropDatabase());

  afterAll(async () => {
    await connection.dropDatabase();
    await connection.close();
  });

  describe('errors', () => {
    let log: mongo.Collection;

    beforeEach(async () => {
      log = db.collection('log');
      await log.createIndex(SEQ, { unique: true });
      await log.createIndex(MESSAGE, { unique: true });
      await log.insertOne({ tenantId: 't', conversationId: 'c', seq: 1, messageId: 'm', text: ' index: tenantId_1 dup key' });
    });

    const failure = (work: Promise<unknown>): Promise<unknown> =>
      work.then(
        () => undefined,
        (error: unknown) => error,
      );

    it('tell which unique key was met, of a single write', async () => {
      const error = await failure(log.insertOne({ tenantId: 't', conversationId: 'c', seq: 1, messageId: 'other' }));
      expect(isDuplicateKey(error)).toBe(true);
      expect(isDuplicateKey(error, SEQ)).toBe(true);
      expect(isDuplicateKey(error, MESSAGE)).toBe(false);
      expect(writeConcernFailed(error)).toBe(false);
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
      expect(refusals.map((refusal) => [refusal.index, isDuplicateKey(refusal, SEQ), isDuplicateKey(refusal, MESSAGE)])).toEqual([
        [0, true, false],
        [1, false, true],
      ]);
    });

    it('tell a write that no majority confirmed', async () => {
      // One member cannot give the two acknowledgements asked for.
      const error = await failure(log.insertOne({ x: 1 }, { writeConcern: { w: 2, wtimeoutMS: 50 } }));
      expect(writeConcernFailed(error)).toBe(true);
      expect(isDuplicateKey(error)).toBe(false);
    });

    it('are nothing of the kind for other faults', async () => {
      for (const error of [new Error('E11000'), undefined, null, 'E11000', { code: 11 }]) {
        expect([isDuplicateKey(error), writeConcernFailed(error)]).toEqual([false, false]);
      }
      await expect(failure(log.insertMany([{ _id: 1 as never }, { _id: 1 as never }]))).resolves.toBeInstanceOf(Error);
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
      for (const { collection, key, unique } of required) await db.collection(collection).createIndex(key, unique ? { unique } : {});
      await expect(requireIndexes(db, required)).resolves.toBeUndefined();
    });
  });

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
      const outcomes = await Promise.all(Array.from({ length: 20 }, () => lease.runExclusively('sweep', 10_000, work)));
      expect(most).toBe(1);
      expect(outcomes.filter(Boolean).length).toBeGreaterThanOrEqual(1);
    });

    it('is free again when its holder is done, also by failing', async () => {
      await expect(lease.runExclusively('sweep', 10_000, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
      expect(await lease.runExclusively('sweep', 10_000, () => Promise.resolve('done'))).toBe('done');
    });

    it('is taken over only after it has run out', async () => {
      let finish = () => {};
      const held = lease.runExclusively('sweep', 10_000, () => new Promise<void>((resolve) => (finish = resolve)));
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
      await eventually(async () => expect((await leases.findOne({ _id: 'sweep' }))?.expiresAt.getTime()).toBeGreaterThan(first.getTime() + 400));
      expect(lost?.aborted).toBe(false);
      await leases.updateOne({ _id: 'sweep' }, { $set: { holder: 'another' } });
      await eventually(() => expect(lost?.aborted).toBe(true));
      finish();
      await held;
      expect(await leases.countDocuments({ holder: 'another' })).toBe(1);
    });
  });

  describe('migrations', () => {
    const make = (list: Migration[]) => new Migrations(() => db, new MongoLease(() => db, new SystemClock()), new SystemClock(), list);

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
      expect(() => make([{ id: 'a', up }, { id: 'a', up }])).toThrow('two migrations are called "a"');
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

  describe('the module', () => {
    let service: RunningService | undefined;

    afterEach(async () => {
      await service?.stop();
      service = undefined;
    });

    it('gives a service its own database, migrated before anything else, with durable writes', async () => {
      const prefix = freshDbPrefix();
      const seen: unknown[] = [];

      @Controller('things')
      class Things implements OnModuleInit {
        constructor(
          @InjectConnection() private readonly own: Connection,
          @Inject(Lease) private readonly lease: Lease,
          @Inject(DeadLetters) private readonly deadLetters: DeadLetters,
        ) {}

        async onModuleInit() {
          seen.push(this.own.name, await this.own.db?.collection('things').countDocuments());
          const { writeConcern } = this.own.getClient().options;
          seen.push(writeConcern?.w, writeConcern?.journal, this.lease instanceof MongoLease, this.deadLetters instanceof MongoDeadLetters);
        }

        @Get()
        count() {
          return this.own.db?.collection('things').countDocuments();
        }
      }

      const up = async (own: mongo.Db) => void (await own.collection('things').insertOne({ name: newId('x') }));
      const load = () => {
        @Module({
          imports: [
            ObservabilityModule.forRoot({ service: 'routing' }),
            MongoModule.forRoot({ service: 'routing', url: mongoUrl(), migrations: [{ id: '0001-one', up }] }),
          ],
          controllers: [Things],
        })
        class AppModule {}
        return Promise.resolve(AppModule);
      };
      service = await startService(load, { MONGODB_DB_PREFIX: prefix });
      expect(seen).toEqual([`${prefix}_routing`, 1, 'majority', true, true, true]);
      expect((await fetch(`${service.url}/health/ready`)).status).toBe(200);
      expect(await (await fetch(`${service.url}/things`)).text()).toBe('1');
    });

    it('does not start without an index that the service requires', async () => {
      const load = () => {
        @Module({
          imports: [
            ObservabilityModule.forRoot({ service: 'routing' }),
            MongoModule.forRoot({ service: 'routing', url: mongoUrl(), requiredIndexes: [{ collection: 'log', key: SEQ, unique: true }] }),
          ],
        })
        class AppModule {}
        return Promise.resolve(AppModule);
      };
      const start = startService(load, { MONGODB_DB_PREFIX: freshDbPrefix() });
      await expect(start).rejects.toThrow('log.tenantId_1_conversationId_1_seq_1 is missing');
    });
  });
});
