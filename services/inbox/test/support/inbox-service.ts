import {
  freshDbPrefix,
  mongoUrl,
  startNats,
  startService,
  type RunningService,
  type TestNats,
} from '@partyline/testing';
import { InboxDatabase } from '../../src/adapters/mongo/inbox-database.js';
import { Neighbours } from './neighbours.js';

export interface World {
  readonly nats: TestNats;
  readonly bus: Neighbours;
  readonly database: InboxDatabase;
  service: RunningService;
  /** Stops the service as a deployment would and starts it again on the same data. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** The inbox service as its main.ts starts it, with real servers and its neighbours played by the test. */
export async function startWorld(env: Readonly<Record<string, string>> = {}): Promise<World> {
  const nats = await startNats();
  const bus = await Neighbours.start(nats);
  const variables = {
    MONGODB_URL: mongoUrl(),
    MONGODB_DB_PREFIX: freshDbPrefix(),
    NATS_URL: nats.urls.inbox,
    NODE_ENV: 'test',
    ...env,
  };
  const start = () =>
    startService(async () => (await import('../../src/app.module.js')).AppModule, variables);
  const service = await start();
  const world: World = {
    nats,
    bus,
    service,
    get database() {
      return world.service.app.get(InboxDatabase);
    },
    restart: async () => {
      await world.service.stop();
      world.service = await start();
    },
    stop: async () => {
      await world.service.app.get(InboxDatabase).db.dropDatabase();
      await world.service.stop();
      await bus.stop();
      await nats.stop();
    },
  };
  return world;
}
