import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { connect as connectTcp, createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventually } from './eventually.js';
import { TestProcess } from './test-process.js';

/** The users of infra/nats/permissions.conf. */
const USERS = ['ingest', 'routing', 'inbox', 'delivery', 'notify', 'gateway', 'admin'] as const;
export type NatsUser = (typeof USERS)[number];

/** A NATS of a test file's own, with the configuration and the permissions of production. */
export interface TestNats {
  /** As the user `admin`, who may do everything. */
  readonly url: string;
  /** As each service may; give a service its own, so that a test meets the permissions that production has. */
  readonly urls: Readonly<Record<NatsUser, string>>;
  /** Where JetStream keeps its files. */
  readonly store: string;
  /** Kills it, forgets everything it stored, and starts it on the same port. */
  restartEmpty(): Promise<void>;
  /** Kills it and starts it again on the same port with what it had stored. */
  restart(): Promise<void>;
  /** Ends it as a crash would (SIGKILL); start() brings it back with what it had stored. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Connections stay open, nothing is answered, until resume(). */
  pause(): void;
  resume(): void;
  stop(): Promise<void>;
}

export interface TestRedis {
  readonly url: string;
  stop(): Promise<void>;
}

const CONFIGURATION = fileURLToPath(new URL('../../../infra/nats/nats.conf', import.meta.url));
const PASSWORD = 'pforthistestonly';

/** A nats-server with JetStream on a free port, with nothing in it. */
export async function startNats(): Promise<TestNats> {
  const { path, env } = binary('PARTYLINE_TEST_NATS', 'nats-server');
  const folder = await mkdtemp(join(tmpdir(), 'partyline-nats-'));
  const store = join(folder, 'store');
  const [port, monitorPort] = [await freePort(), await freePort()];
  const passwords = USERS.map((user) => [`NATS_${user.toUpperCase()}_PASSWORD`, PASSWORD]);
  const variables = {
    ...env,
    ...Object.fromEntries(passwords),
    NATS_HOST: '127.0.0.1',
    NATS_PORT: String(port),
    NATS_MONITOR_PORT: String(monitorPort),
    NATS_STORE_DIR: JSON.stringify(store),
  };
  let server: TestProcess | undefined;
  const start = async (): Promise<void> => {
    await mkdir(store, { recursive: true });
    server = await TestProcess.start(path, ['-c', CONFIGURATION], variables);
    await eventually(() => isHealthy(monitorPort), { timeoutMs: 20_000 });
  };
  const kill = async (): Promise<void> => {
    await server?.kill();
    server = undefined;
  };
  await start();
  const urls = Object.fromEntries(
    USERS.map((user) => [user, `nats://${user}:${PASSWORD}@127.0.0.1:${port}`]),
  );
  return {
    url: `nats://admin:${PASSWORD}@127.0.0.1:${port}`,
    urls: urls as Record<NatsUser, string>,
    store,
    start,
    kill,
    restart: async () => {
      await kill();
      await start();
    },
    restartEmpty: async () => {
      await kill();
      await rm(store, { recursive: true, force: true });
      await start();
    },
    pause: () => server?.signal('SIGSTOP'),
    resume: () => server?.signal('SIGCONT'),
    stop: async () => {
      await kill();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** A redis-server on a free port, with nothing in it, never evicting (as BullMQ needs it). */
export async function startRedis(): Promise<TestRedis> {
  const { path, env } = binary('PARTYLINE_TEST_REDIS', 'redis-server');
  const folder = await mkdtemp(join(tmpdir(), 'partyline-redis-'));
  const port = await freePort();
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', ''];
  const server = await TestProcess.start(path, [...args, '--maxmemory-policy', 'noeviction'], env);
  await eventually(() => canConnect(port), { timeoutMs: 20_000 });
  return {
    url: `redis://127.0.0.1:${port}`,
    stop: async () => {
      await server.kill();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Whether there is a server that speaks S3. Throws in CI where there is none: nothing is skipped there. */
export function hasS3(): boolean {
  if (process.env['PARTYLINE_TEST_MOTO']) return true;
  if (process.env['CI'] === 'true') throw new Error('the tests need moto: `npm test` installs it with pip');
  return false;
}

/** A server that speaks S3, with one empty bucket. */
export async function startS3(bucket: string): Promise<{ url: string; stop(): Promise<void> }> {
  const python = fromGlobalSetup('PARTYLINE_TEST_MOTO');
  const port = await freePort();
  const server = await TestProcess.start(
    python,
    ['-m', 'moto.server', '-H', '127.0.0.1', '-p', `${port}`],
    {},
  );
  const url = `http://127.0.0.1:${port}`;
  await eventually(
    async () => {
      const made = await fetch(`${url}/${bucket}`, { method: 'PUT', headers: { host: `127.0.0.1:${port}` } });
      if (!made.ok) throw new Error(`moto says ${made.status}: ${await made.text()}`);
    },
    { timeoutMs: 30_000 },
  );
  return { url, stop: () => server.kill() };
}

/** The replica set that all int tests of a run share; take a fresh database prefix each. */
export function mongoUrl(): string {
  return fromGlobalSetup('PARTYLINE_TEST_MONGODB');
}

/** A value for MONGODB_DB_PREFIX that no other test uses. */
export function freshDbPrefix(): string {
  return `test_${process.pid}_${Math.random().toString(36).slice(2, 10)}`;
}

export interface Binary {
  readonly path: string;
  readonly env: Readonly<Record<string, string>>;
}

export function binary(variable: string, command: string): Binary {
  const found = JSON.parse(fromGlobalSetup(variable)) as Partial<Binary>;
  if (found.path === undefined)
    throw new Error(`the tests start many servers: install ${command} so that it is on the PATH`);
  return { path: found.path, env: found.env ?? {} };
}

function fromGlobalSetup(variable: string): string {
  const value = process.env[variable];
  if (!value) throw new Error('real servers are only there for int tests: name the file *.int.spec.ts');
  return value;
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Of the server alone: a stream that a crash left behind broken is its owner's to make anew, and must not keep us from it. */
async function isHealthy(monitorPort: number): Promise<void> {
  const answer = await fetch(`http://127.0.0.1:${monitorPort}/healthz?js-server-only=true`, {
    signal: AbortSignal.timeout(2_000),
  });
  if (!answer.ok) throw new Error(`NATS says ${answer.status}: ${await answer.text()}`);
}

async function canConnect(port: number): Promise<boolean> {
  const socket = connectTcp(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.destroy();
  return true;
}
