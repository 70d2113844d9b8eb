import {
  Global,
  Inject,
  Module,
  type DynamicModule,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import { BusConnection } from './bus-connection.js';
import { BusHealth } from './bus-health.js';
import { BusObserver, SilentBusObserver } from './bus-observer.js';
import type { BusOptions } from './bus-options.js';
import { CallClient } from './call-client.js';
import { JetStreamOrderedReader } from './jetstream-ordered-reader.js';
import { JetStreamPublisher } from './jetstream-publisher.js';
import { NatsCallClient } from './nats-call-client.js';
import { OrderedReader } from './ordered-reader.js';
import { OwnStream } from './own-stream.js';
import { EventPublisher } from './publisher.js';
import { StreamReset } from './stream-reset.js';

/** Token of the options that the module was made with. */
export const BUS_OPTIONS = Symbol('BUS_OPTIONS');

const OBSERVER = { token: BusObserver, optional: true };

/** EventPublisher, CallClient, OrderedReader and StreamReset for the whole application; `connectBus` does the rest. */
@Global()
@Module({})
export class BusModule implements OnModuleInit, OnApplicationBootstrap, OnApplicationShutdown {
  constructor(
    @Inject(BusConnection) private readonly connection: BusConnection,
    @Inject(OwnStream) private readonly ownStream: OwnStream,
  ) {}

  static forRoot(options: BusOptions): DynamicModule {
    return {
      module: BusModule,
      providers: [
        { provide: BUS_OPTIONS, useValue: options },
        { provide: BusConnection, useFactory: () => new BusConnection(options) },
        {
          provide: BusHealth,
          useFactory: (c: BusConnection) => new BusHealth(c, options.optional ?? false),
          inject: [BusConnection],
        },
        {
          provide: OwnStream,
          useFactory: (c: BusConnection) => new OwnStream(c, options.publishes, options.inMemory),
          inject: [BusConnection],
        },
        { provide: StreamReset, useExisting: OwnStream },
        {
          provide: EventPublisher,
          useFactory: (c: BusConnection, stream: OwnStream, observer?: BusObserver) =>
            new JetStreamPublisher(c, stream, options.publishes, observer ?? new SilentBusObserver()),
          inject: [BusConnection, OwnStream, OBSERVER],
        },
        {
          provide: CallClient,
          useFactory: (c: BusConnection, observer?: BusObserver) =>
            new NatsCallClient(c, observer ?? new SilentBusObserver()),
          inject: [BusConnection, OBSERVER],
        },
        {
          provide: OrderedReader,
          useFactory: (c: BusConnection) => new JetStreamOrderedReader(c, options.service),
          inject: [BusConnection],
        },
      ],
      exports: [
        BUS_OPTIONS,
        BusConnection,
        BusHealth,
        StreamReset,
        EventPublisher,
        CallClient,
        OrderedReader,
      ],
    };
  }

  async onModuleInit(): Promise<void> {
    await this.connection.start();
  }

  /** Only now has everyone who publishes state had the chance to ask to be told of a new stream. */
  onApplicationBootstrap(): void {
    this.ownStream.start();
  }

  /** After the consumers and the HTTP server have finished, for until then there may be something to publish. */
  async onApplicationShutdown(): Promise<void> {
    await this.ownStream.stop();
    await this.connection.close();
  }
}
