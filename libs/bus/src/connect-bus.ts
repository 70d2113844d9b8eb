import type { INestApplication } from '@nestjs/common';
import { BusConnection } from './bus-connection.js';
import { BusHealth } from './bus-health.js';
import { BUS_OPTIONS } from './bus.module.js';
import { BusObserver, SilentBusObserver } from './bus-observer.js';
import type { BusOptions } from './bus-options.js';
import { DeadLetters } from './dead-letters.js';
import { JetStreamStrategy } from './jetstream.strategy.js';

/**
 * Attaches the consumers and answerers of the application to the bus and starts them. Does not wait for NATS: what is
 * away is attached when it comes. Rejects with a sentence where handlers are declared in a way that cannot work.
 */
export async function connectBus(app: INestApplication): Promise<void> {
  const connection = app.get(BusConnection, { strict: false });
  const strategy = new JetStreamStrategy({
    options: app.get<BusOptions>(BUS_OPTIONS, { strict: false }),
    connection,
    observer: optional(() => app.get(BusObserver, { strict: false })) ?? new SilentBusObserver(),
    deadLetters: optional(() => app.get(DeadLetters, { strict: false })),
  });
  app.connectMicroservice({ strategy });
  await app.startAllMicroservices();
  app.get(BusHealth, { strict: false }).watch(strategy.consumers);
  // Calls are answered from the moment on in which the server knows of it.
  if (connection.isConnected) await connection.get().flush();
}

function optional<T>(get: () => T): T | undefined {
  try {
    return get();
  } catch {
    return undefined;
  }
}
