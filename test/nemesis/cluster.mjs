// @ts-check
// Three members of MongoDB and three of NATS, each behind a proxy of its own, and Redis.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { quiet } from '../../tools/src/console.mjs';
import { Guard } from '../../tools/src/guard-client.mjs';
import { ROOT } from '../../tools/src/paths.mjs';
import { choosePorts } from '../../tools/src/ports.mjs';
import { newSecrets, NATS_USERS, natsPasswordVariable } from '../../tools/src/secrets.mjs';
import { loadDriver } from '../../tools/src/servers/mongodb.mjs';
import { withCredentials } from '../../tools/src/servers/nats.mjs';
import { processesFor, resolveAll } from '../../tools/src/servers/plan.mjs';
import { waitUntil } from '../../tools/src/servers/wait-until.mjs';
import { Proxy } from './proxy.mjs';
import { MEMBERS } from './schedule.mjs';

const NAMES = MEMBERS.flatMap(
  (i) =>
    /** @type {const} */ ([
      `mongo${i}`,
      `mongoVia${i}`,
      `nats${i}`,
      `natsVia${i}`,
      `natsMonitor${i}`,
      `natsRoute${i}`,
    ]),
);
const forever = new AbortController().signal;

/** @param {string} folder of their data and logs */
export async function startCluster(folder) {
  // Only what can be killed can be tested: servers given by URL are somebody else's.
  const env = { ...process.env, MONGODB_URL: undefined, NATS_URL: undefined, REDIS_URL: undefined };
  const found = await resolveAll(env, quiet);
  /** @type {Record<string, number>} */
  const ports = await choosePorts([...NAMES, 'redis', 'mongodb', 'nats', 'natsMonitor']);
  const cluster = new Cluster(folder, found, ports);
  try {
    await cluster.start();
  } catch (error) {
    cluster.killAll();
    throw error;
  }
  return cluster;
}

export class Cluster {
  secrets = newSecrets();
  #guard = new Guard();
  #folder;
  #found;
  #ports;

  /**
   * @param {string} folder
   * @param {Awaited<ReturnType<typeof resolveAll>>} found
   * @param {Record<string, number>} ports
   */
  constructor(folder, found, ports) {
    this.#folder = folder;
    this.#found = found;
    this.#ports = ports;
    this.mongo = MEMBERS.map((i) => new Proxy(this.#port(`mongo${i}`)));
    this.nats = MEMBERS.map((i) => new Proxy(this.#port(`nats${i}`)));
  }

  get mongodbUrl() {
    return `mongodb://${MEMBERS.map((i) => this.#host(`mongoVia${i}`)).join(',')}/?replicaSet=rs0`;
  }

  get redisUrl() {
    return `redis://${this.#host('redis')}`;
  }

  /** As each service signs in. */
  get natsUrls() {
    const servers = MEMBERS.map((i) => `nats://${this.#host(`natsVia${i}`)}`).join(',');
    const urls = NATS_USERS.map((user) => [
      user,
      withCredentials(servers, user, this.secrets.natsPasswords[user]),
    ]);
    return /** @type {Record<import('../../tools/src/secrets.mjs').NatsUser, string>} */ (
      Object.fromEntries(urls)
    );
  }

  async start() {
    const { secrets } = this;
    for (const i of MEMBERS) {
      await this.#proxyOf('mongo', i).listen(this.#port(`mongoVia${i}`));
      await this.#proxyOf('nats', i).listen(this.#port(`natsVia${i}`));
    }
    const redisPorts = { mongodb: 1, nats: 1, natsMonitor: 1, redis: this.#port('redis') };
    mkdirSync(join(this.#folder, 'redis'), { recursive: true });
    const redis = processesFor(this.#found, this.#folder, redisPorts, secrets).get('redis');
    if (!redis) throw new Error('Redis has to be ours');
    await this.#guard.start('redis', redis.spec, this.#log('redis'));
    await Promise.all([
      redis.ready(forever),
      ...MEMBERS.flatMap((i) => [this.startMongo(i), this.startNats(i)]),
    ]);
    await this.#formSet();
    await waitUntil('MongoDB to have a primary', async () => this.primary(), forever);
    await waitUntil('the cluster of NATS to have a leader', () => this.#natsLeads(), forever);
  }

  /** @param {number} i */
  async startMongo(i) {
    const data = join(this.#folder, `mongo${i}`);
    mkdirSync(data, { recursive: true });
    const { path, env } = this.#binary('mongodb');
    const args = ['--replSet', 'rs0', '--bind_ip', '127.0.0.1', '--port', String(this.#port(`mongo${i}`))];
    args.push(
      '--dbpath',
      data,
      '--wiredTigerCacheSizeGB',
      '0.25',
      '--oplogSize',
      '256',
      '--quiet',
      '--nounixsocket',
    );
    await this.#guard.start(`mongo${i}`, { command: path, args, env }, this.#log(`mongo${i}`));
    await waitUntil('MongoDB to answer', () => this.#ask(i, { ping: 1 }), forever);
  }

  /** @param {number} i */
  async startNats(i) {
    const folder = join(this.#folder, `nats${i}`);
    mkdirSync(folder, { recursive: true });
    const file = join(folder, 'nats.conf');
    const routes = MEMBERS.map((one) => `"nats://${this.#host(`natsRoute${one}`)}"`).join(', ');
    writeFileSync(
      file,
      `include "${relative(folder, join(ROOT, 'infra/nats/nats.conf'))}"
server_name: nats${i}
cluster { name: partyline, host: "127.0.0.1", port: ${this.#port(`natsRoute${i}`)}, no_advertise: true, routes: [${routes}] }
`,
    );
    const { path, env } = this.#binary('nats');
    const passwords = NATS_USERS.map((user) => [
      natsPasswordVariable(user),
      this.secrets.natsPasswords[user],
    ]);
    const variables = {
      ...env,
      ...Object.fromEntries(passwords),
      NATS_HOST: '127.0.0.1',
      NATS_PORT: String(this.#port(`nats${i}`)),
      NATS_MONITOR_PORT: String(this.#port(`natsMonitor${i}`)),
      NATS_STORE_DIR: JSON.stringify(join(folder, 'store')),
    };
    await this.#guard.start(
      `nats${i}`,
      { command: path, args: ['-c', file], env: variables },
      this.#log(`nats${i}`),
    );
  }

  /**
   * SIGKILL; resolves when it is gone.
   * @param {string} name
   */
  async kill(name) {
    const pid = this.#guard.pidOf(name);
    /** @type {() => void} */
    let forget = () => {};
    const gone = new Promise((done) => {
      forget = this.#guard.onExit((exit) => exit.pid === pid && done(undefined));
    });
    await this.#guard.signal(name, 'SIGKILL');
    await gone;
    forget();
  }

  /**
   * @param {string} name
   * @param {NodeJS.Signals} signal
   */
  async signal(name, signal) {
    await this.#guard.signal(name, signal);
  }

  /** The number of the member that is primary, or throws where there is none. */
  async primary() {
    for (const i of MEMBERS) {
      const hello = await this.#ask(i, { hello: 1 }).catch(() => undefined);
      if (hello?.isWritablePrimary) return i;
    }
    throw new Error('there is no primary now');
  }

  async stepDown() {
    const primary = await this.primary();
    await this.#ask(primary, { replSetStepDown: 10, secondaryCatchUpPeriodSecs: 5 });
  }

  async stop() {
    for (const proxy of [...this.mongo, ...this.nats]) proxy.close();
    await this.#guard.close();
  }

  killAll() {
    for (const proxy of [...this.mongo, ...this.nats]) proxy.close();
    this.#guard.killAll();
  }

  async #formSet() {
    const members = MEMBERS.map((i) => ({ _id: i, host: this.#host(`mongoVia${i}`) }));
    // Shorter than usual, so that there are more elections in the same time.
    const settings = { electionTimeoutMillis: 4_000, heartbeatIntervalMillis: 1_000 };
    await this.#ask(0, { replSetInitiate: { _id: 'rs0', members, settings } });
  }

  async #natsLeads() {
    const answer = await fetch(`http://${this.#host('natsMonitor0')}/jsz`, {
      signal: AbortSignal.timeout(2_000),
    });
    const { meta_cluster: meta } = await answer.json();
    if (!meta?.leader || meta.cluster_size !== MEMBERS.length) throw new Error('no leader yet');
  }

  /**
   * Past the proxies.
   * @param {number} i
   * @param {Record<string, unknown>} command
   */
  async #ask(i, command) {
    const { MongoClient } = await loadDriver();
    const url = `mongodb://${this.#host(`mongo${i}`)}/?directConnection=true`;
    const client = new MongoClient(url, { serverSelectionTimeoutMS: 1_000, socketTimeoutMS: 15_000 });
    try {
      return await client.db('admin').command(command);
    } finally {
      await client.close();
    }
  }

  /** @param {'mongodb' | 'nats'} server */
  #binary(server) {
    const found = this.#found[server];
    if (found.kind !== 'binary')
      throw new Error(`The run of faults needs ${server} as a binary: put it on the PATH.`);
    return found;
  }

  /**
   * @param {'mongo' | 'nats'} kind
   * @param {number} i
   * @returns {Proxy}
   */
  #proxyOf(kind, i) {
    return this[kind][i];
  }

  /** @param {string} name */
  #port(name) {
    return this.#ports[name];
  }

  /** @param {string} name */
  #host(name) {
    return `127.0.0.1:${this.#port(name)}`;
  }

  /** @param {string} name */
  #log(name) {
    return join(this.#folder, 'logs', `${name}.log`);
  }
}
