// @ts-check
// The three real servers on own data: found, started, watched and ended. The types are in index.d.mts.
import { mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { quiet } from '../console.mjs';
import { Guard } from '../guard-client.mjs';
import { lastWords } from '../log-lines.mjs';
import { choosePorts } from '../ports.mjs';
import { Problem } from '../problem.mjs';
import { ensureSecrets, NATS_USERS } from '../secrets.mjs';
import { SERVER_NAMES, SERVERS } from './definitions.mjs';
import { checkNatsLogin, hideCredentials } from './external.mjs';
import { mongodbUrl } from './mongodb.mjs';
import { natsStore, natsUrl, withCredentials } from './nats.mjs';
import { redisUrl } from './redis.mjs';
import { processesFor, resolveAll } from './plan.mjs';

/** @typedef {import('./definitions.mjs').ServerName} ServerName */
/** @typedef {import('./index.mjs').RunningServers} RunningServers */

export const SERVER_PORTS = /** @type {const} */ (['mongodb', 'nats', 'natsMonitor', 'redis']);

/** @type {typeof import('./index.mjs').startServers} */
export async function startServers({ dataDir, ports = 'free', env = process.env, say = quiet, secrets }) {
  const data = resolve(dataDir);
  for (const folder of ['', 'logs', ...SERVER_NAMES]) mkdirSync(join(data, folder), { recursive: true });
  const chosenPorts = ports === 'free' ? await choosePorts(SERVER_PORTS) : ports;
  const known = secrets ?? ensureSecrets(data, env);
  const found = await resolveAll(env, say);
  const processes = processesFor(found, data, chosenPorts, known);
  const servers = new Servers({ data, found, processes, ports: chosenPorts, secrets: known });
  try {
    await servers.startAll();
  } catch (error) {
    await servers.stop();
    throw error;
  }
  return servers;
}

/** @implements {RunningServers} */
class Servers {
  /** @type {Guard | undefined} */
  #guard;
  #data;
  #found;
  #processes;
  #ports;
  #secrets;

  /**
   * @param {object} parts
   * @param {string} parts.data
   * @param {Record<ServerName, import('./resolve.mjs').Found>} parts.found
   * @param {Map<ServerName, import('./process-spec.mjs').ServerProcess>} parts.processes
   * @param {import('./index.mjs').ServerPorts} parts.ports
   * @param {import('../secrets.mjs').Secrets} parts.secrets
   */
  constructor({ data, found, processes, ports, secrets }) {
    this.#data = data;
    this.#found = found;
    this.#processes = processes;
    this.#ports = ports;
    this.#secrets = secrets;
    this.mongodbUrl = this.#urlOf('mongodb', () => mongodbUrl(ports.mongodb));
    this.redisUrl = this.#urlOf('redis', () => redisUrl(ports.redis));
    this.natsUrl = this.#urlOf('nats', () => natsUrl(ports.nats));
    this.natsUrls = this.#natsUrls();
    this.adminNatsUrl = this.natsUrls.admin;
    this.secrets = secrets;
  }

  async startAll() {
    const { nats } = this.#found;
    if (nats.kind === 'url' && nats.needsPassword) {
      for (const user of NATS_USERS) await checkNatsLogin(nats.url, user, this.#secrets.natsPasswords[user]);
    }
    if (this.#processes.size === 0) return;
    this.#guard = new Guard();
    await Promise.all([...this.#processes.keys()].map((name) => this.start(name)));
  }

  /** @param {ServerName} name */
  async start(name) {
    const { spec, ready } = this.#processOf(name);
    const guard = this.#guardOf(name);
    const log = join(this.#data, 'logs', `${name}.log`);
    const ended = new AbortController();
    await guard.start(name, spec, log);
    const pid = guard.pidOf(name);
    const forget = guard.onExit((exit) => {
      if (exit.pid !== pid) return;
      const how = exit.signal ?? `exit code ${exit.code}`;
      ended.abort(
        new Problem(
          `${SERVERS[name].title} ended while it started (${how}). Its log is ${log}:\n${lastWords(readFileSync(log, 'utf8'))}`,
        ),
      );
    });
    await ready(ended.signal).finally(forget);
  }

  /** @param {ServerName} name */
  async restart(name) {
    await this.#guardOf(name).stop(name);
    await this.start(name);
  }

  /** @param {ServerName} name */
  async kill(name) {
    const guard = this.#guardOf(name);
    const pid = guard.pidOf(name);
    if (pid === undefined) return;
    /** @type {() => void} */
    let forget = () => {};
    const gone = new Promise((done) => {
      forget = guard.onExit((exit) => exit.pid === pid && done(undefined));
    });
    await guard.signal(name, 'SIGKILL');
    await gone;
    forget();
  }

  /** @param {ServerName} name */
  async pause(name) {
    await this.#guardOf(name).signal(name, 'SIGSTOP');
  }

  /** @param {ServerName} name */
  async resume(name) {
    await this.#guardOf(name).signal(name, 'SIGCONT');
  }

  async wipeJetStream() {
    this.#processOf('nats');
    const store = natsStore(this.#data);
    // Aside first: NATS goes on writing, and a folder that is written into cannot be deleted.
    renameSync(store, `${store}-deleted`);
    await this.kill('nats');
    // What a server writes on its way out must not survive either.
    for (const folder of [store, `${store}-deleted`]) rmSync(folder, { recursive: true, force: true });
    mkdirSync(store, { recursive: true });
    await this.start('nats');
  }

  /** @param {(exit: import('../guard-client.mjs').Exit) => void} listener */
  onExit(listener) {
    this.#guard?.onExit(listener);
  }

  describe() {
    return SERVER_NAMES.map((name) => {
      const found = this.#found[name];
      const place =
        found.kind === 'binary'
          ? found.path
          : found.kind === 'url'
            ? hideCredentials(found.url)
            : found.docker;
      const ours = this.#processes.has(name);
      const pid = this.#guard?.pidOf(name);
      return {
        name,
        source: found.source,
        version: found.version,
        place,
        port: ours ? this.#ports[name] : undefined,
        pid,
      };
    });
  }

  async stop() {
    await this.#guard?.close();
  }

  killAll() {
    this.#guard?.killAll();
  }

  /**
   * @param {ServerName} name
   * @param {() => string} own
   */
  #urlOf(name, own) {
    const found = this.#found[name];
    return found.kind === 'url' ? found.url : own();
  }

  #natsUrls() {
    const { nats } = this.#found;
    const asIs = nats.kind === 'url' && !nats.needsPassword;
    const urls = NATS_USERS.map((user) => [
      user,
      asIs ? this.natsUrl : withCredentials(this.natsUrl, user, this.#secrets.natsPasswords[user]),
    ]);
    return Object.fromEntries(urls);
  }

  /** @param {ServerName} name */
  #processOf(name) {
    const one = this.#processes.get(name);
    if (one) return one;
    throw new Problem(
      `${SERVERS[name].title} comes from ${SERVERS[name].variable}, so it is not ours to start or stop.`,
    );
  }

  /** @param {ServerName} name */
  #guardOf(name) {
    this.#processOf(name);
    if (!this.#guard) throw new Problem('The servers were not started yet.');
    return this.#guard;
  }
}
