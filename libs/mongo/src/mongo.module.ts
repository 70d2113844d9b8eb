import { Global, Inject, Module, Optional, type DynamicModule, type OnModuleInit } from '@nestjs/common';
import { getConnectionToken, MongooseModule } from '@nestjs/mongoose';
import { DeadLetters } from '@partyline/bus';
import { Clock, SystemClock } from '@partyline/kernel';
import { ReadinessChecks } from '@partyline/observability';
import { createConnection, type Connection, type mongo } from 'mongoose';
import { clientOptions, connectOptions, databaseName } from './connect-options.js';
import { DEAD_LETTERS_MIGRATION, MongoDeadLetters } from './dead-letters.js';
import { requireIndexes } from './indexes.js';
import { Lease } from './lease.js';
import { Migrations, type Patiently } from './migrations.js';
import { MongoLease } from './mongo-lease.js';
import { MongoOccasions } from './mongo-occasions.js';
import type { MongoOptions } from './mongo-options.js';
import { Occasions } from './occasions.js';

const OPTIONS = Symbol('MONGO_OPTIONS');
/** A clock of the application's own, where it provides one globally. */
const OPTIONAL_CLOCK = { token: Clock, optional: true };
const CONNECTION = getConnectionToken();

/**
 * The service's own database as Mongoose's default connection (`@InjectConnection()`, `MongooseModule.forFeature`);
 * Lease, occasions and dead letters in it. Its migrations have run before any other module's onModuleInit.
 */
@Global()
@Module({})
export class MongoModule implements OnModuleInit {
  private ready = false;

  constructor(
    @Inject(OPTIONS) private readonly options: MongoOptions,
    @Inject(CONNECTION) private readonly connection: Connection,
    @Inject(Migrations) private readonly migrations: Migrations,
    @Optional() @Inject(ReadinessChecks) private readonly readiness?: ReadinessChecks,
  ) {}

  static forRoot(options: MongoOptions): DynamicModule {
    const migrations = [DEAD_LETTERS_MIGRATION, ...(options.migrations ?? [])];
    return {
      module: MongoModule,
      imports: [MongooseModule.forRoot(options.url, connectOptions(options))],
      providers: [
        { provide: OPTIONS, useValue: options },
        {
          provide: Lease,
          useFactory: (connection: Connection, clock?: Clock) =>
            new MongoLease(() => databaseOf(connection), clock ?? new SystemClock()),
          inject: [CONNECTION, OPTIONAL_CLOCK],
        },
        {
          provide: Occasions,
          useFactory: (connection: Connection, lease: Lease, clock?: Clock) =>
            new MongoOccasions(() => databaseOf(connection), lease, clock ?? new SystemClock()),
          inject: [CONNECTION, Lease, OPTIONAL_CLOCK],
        },
        {
          provide: Migrations,
          useFactory: (connection: Connection, lease: Lease, clock?: Clock) =>
            new Migrations(
              () => databaseOf(connection),
              patiently(options),
              lease,
              clock ?? new SystemClock(),
              migrations,
            ),
          inject: [CONNECTION, Lease, OPTIONAL_CLOCK],
        },
        {
          provide: DeadLetters,
          useFactory: (connection: Connection, clock?: Clock) =>
            new MongoDeadLetters(() => databaseOf(connection), clock ?? new SystemClock()),
          inject: [CONNECTION, OPTIONAL_CLOCK],
        },
      ],
      exports: [Lease, Migrations, Occasions, DeadLetters],
    };
  }

  async onModuleInit(): Promise<void> {
    this.readiness?.add('mongodb', () => this.check());
    await this.migrations.run();
    await requireIndexes(databaseOf(this.connection), this.options.requiredIndexes ?? []);
    this.ready = true;
  }

  private async check(): Promise<void> {
    if (!this.ready)
      throw new Error(`the database ${databaseName(this.options.service)} is still being migrated`);
    await databaseOf(this.connection).command({ ping: 1 });
  }
}

function databaseOf(connection: Connection): mongo.Db {
  if (!connection.db) throw new Error('MongoDB is not connected');
  return connection.db;
}

/** A connection of its own for each, without a limit: what is left of a server that is gone, its heartbeats tell. */
const patiently =
  (options: MongoOptions): Patiently =>
  async (work) => {
    const own = createConnection(options.url, {
      ...clientOptions({ ...options, socketTimeoutMs: 0 }),
      maxPoolSize: 2,
    });
    try {
      await work(databaseOf(await own.asPromise()));
    } finally {
      await own.close();
    }
  };
