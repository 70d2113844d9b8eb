import { freshDbPrefix, mongoUrl, startNats, type TestNats } from '@partyline/testing';
import { Client } from './client.js';
import { Script, startFakeServices, type FakeServices } from './fake-services.js';
import { startGateway, type GatewayProcess } from './gateway-process.js';

export interface World {
  readonly nats: TestNats;
  readonly script: Script;
  readonly services: FakeServices;
  readonly env: Readonly<Record<string, string>>;
  readonly gateway: GatewayProcess;
  /** A further replica, over the same database and bus. */
  startReplica(env?: Readonly<Record<string, string>>): Promise<GatewayProcess>;
  client(url?: string): Client;
  /** A client of this demo user, signed in. */
  signedIn(user: 'ada' | 'ben' | 'cleo' | 'dev', url?: string): Promise<Client>;
  stop(): Promise<void>;
}

/** A gateway on real MongoDB and NATS; the other services are real answerers on the bus, driven by the script. */
export async function startWorld(env: Readonly<Record<string, string>> = {}): Promise<World> {
  const nats = await startNats();
  const script = new Script();
  const services = await startFakeServices(nats, script);
  const settings = {
    MONGODB_URL: mongoUrl(),
    MONGODB_DB_PREFIX: freshDbPrefix(),
    NATS_URL: nats.urls.gateway,
    PARTYLINE_DEMO: '1',
    PARTYLINE_JWT_SECRET: 'a secret of this test, longer than 32 bytes',
    ...env,
  };
  const replicas: GatewayProcess[] = [];
  const startReplica = async (more: Readonly<Record<string, string>> = {}): Promise<GatewayProcess> => {
    const replica = await startGateway({ ...settings, ...more });
    replicas.push(replica);
    return replica;
  };
  const gateway = await startReplica();
  const client = (url = gateway.url): Client => new Client(url);
  return {
    nats,
    script,
    services,
    env: settings,
    gateway,
    startReplica,
    client,
    signedIn: async (user, url) => {
      const signedIn = client(url);
      await signedIn.signIn(`${user}@example.com`, 'partyline');
      return signedIn;
    },
    stop: async () => {
      await Promise.all(replicas.map((replica) => replica.stop()));
      await Promise.all(Object.values(services).map(({ running }) => running.stop()));
      await nats.stop();
    },
  };
}
