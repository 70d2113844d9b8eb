import type { Abstract, INestApplication } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
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
  // Asked here, because `app.get` reports what is not there as an error before it throws.
  const modules = app.get(ModuleRef);
  const connection = modules.get(BusConnection, { strict: false });
  const strategy = new JetStreamStrategy({
    options: modules.get<BusOptions>(BUS_OPTIONS, { strict: false }),
    connection,
    observer: optional(modules, BusObserver) ?? new SilentBusObserver(),
    deadLetters: optional(modules, DeadLetters),
  });
  app.connectMicroservice({ strategy });
  await app.startAllMicroservices();
  modules.get(BusHealth, { strict: false }).watch(strategy.consumers);
  // Calls are answered from the moment on in which the server knows of it.
  if (connection.isConnected) await connection.get().flush();
}

function optional<T>(modules: ModuleRef, token: Abstract<T>): T | undefined {
  try {
    return modules.get<T>(token, { strict: false });
  } catch {
    return undefined;
  }
}
