import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { Controller, Get, Inject, Module, type OnModuleInit } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { DeadLetters } from '@partyline/bus';
import { newId } from '@partyline/kernel';
import { Lease, MongoDeadLetters, MongoLease, MongoModule } from '@partyline/mongo';
import { ObservabilityModule } from '@partyline/observability';
import { freshDbPrefix, mongoUrl, startService, type RunningService } from '@partyline/testing';
import type { Connection, mongo } from 'mongoose';

jest.setTimeout(30_000);

const SEQ = { tenantId: 1, conversationId: 1, seq: 1 } as const;

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
        seen.push(
          writeConcern?.w,
          writeConcern?.journal,
          this.lease instanceof MongoLease,
          this.deadLetters instanceof MongoDeadLetters,
        );
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
          MongoModule.forRoot({
            service: 'routing',
            url: mongoUrl(),
            migrations: [{ id: '0001-one', up }],
          }),
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

  it('lets a migration take longer than an answer may otherwise: indexes over millions of entries do', async () => {
    const slowly = { $where: 'function () { sleep(1500); return true; }' };
    const up = async (own: mongo.Db) => {
      await own.collection('things').insertOne({ name: newId('x') });
      expect(await own.collection('things').findOne(slowly)).not.toBeNull();
    };
    let own: Connection | undefined;
    const load = () => {
      @Module({
        imports: [
          ObservabilityModule.forRoot({ service: 'routing' }),
          MongoModule.forRoot({
            service: 'routing',
            url: mongoUrl(),
            socketTimeoutMs: 500,
            migrations: [{ id: '0001-slow', up }],
          }),
        ],
      })
      class AppModule {
        constructor(@InjectConnection() connection: Connection) {
          own = connection;
        }
      }
      return Promise.resolve(AppModule);
    };
    service = await startService(load, { MONGODB_DB_PREFIX: freshDbPrefix() });
    await expect(own?.db?.collection('things').findOne(slowly)).rejects.toThrow('timed out');
  });

  it('does not start without an index that the service requires', async () => {
    const load = () => {
      @Module({
        imports: [
          ObservabilityModule.forRoot({ service: 'routing' }),
          MongoModule.forRoot({
            service: 'routing',
            url: mongoUrl(),
            requiredIndexes: [{ collection: 'log', key: SEQ, unique: true }],
          }),
        ],
      })
      class AppModule {}
      return Promise.resolve(AppModule);
    };
    const start = startService(load, { MONGODB_DB_PREFIX: freshDbPrefix() });
    await expect(start).rejects.toThrow('log.tenantId_1_conversationId_1_seq_1 is missing');
  });
});
