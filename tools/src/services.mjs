// @ts-check
// The processes of Partyline and what each gets in its environment (the contract in tools/README.md).
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from './paths.mjs';
import { Problem } from './problem.mjs';

export const SERVICES = /** @type {const} */ ([
  'ingest',
  'routing',
  'inbox',
  'delivery',
  'notify',
  'gateway',
]);
export const SIMULATOR = 'simulator';

/** @typedef {(typeof SERVICES)[number] | typeof SIMULATOR} ServiceName */

/**
 * @typedef {object} Setting what all services of one start share
 * @property {import('./paths.mjs').Env} env of the supervisor
 * @property {string} dataDir
 * @property {Record<ServiceName, number>} ports
 * @property {Pick<import('./servers/index.mjs').RunningServers, 'mongodbUrl' | 'natsUrls' | 'redisUrl' | 'secrets'>} servers
 */

/** @param {import('./paths.mjs').Env} env */
export const isDemo = (env) => (env.PARTYLINE_DEMO ?? '1') === '1';

/**
 * @param {import('./paths.mjs').Env} env
 * @returns {ServiceName[]}
 */
const processNames = (env) => (isDemo(env) ? [...SERVICES, SIMULATOR] : [...SERVICES]);

/**
 * @param {ServiceName} name
 * @returns {string} the file that node runs
 */
export function entryOf(name) {
  return join(ROOT, name === SIMULATOR ? 'tools/simulator' : `services/${name}`, 'dist/main.js');
}

/**
 * @param {Setting} setting
 * @returns {import('./managed-process.mjs').ServiceSpec[]}
 * @throws {Problem} when one was not built
 */
export function serviceSpecs(setting) {
  const names = processNames(setting.env);
  const unbuilt = names.filter((name) => !existsSync(entryOf(name)));
  if (unbuilt.length > 0) {
    throw new Problem(
      `Not built: ${unbuilt.map(entryOf).join(', ')}. Run npm run build and read what it says.`,
    );
  }
  const preload = pathToFileURL(join(ROOT, 'tools/src/exit-with-parent.mjs')).href;
  return names.map((name) => ({
    name,
    command: process.execPath,
    args: ['--enable-source-maps', '--import', preload, entryOf(name)],
    env: serviceEnvironment(name, setting),
    cwd: ROOT,
    readyUrl: `http://127.0.0.1:${setting.ports[name]}/health/ready`,
    log: join(setting.dataDir, 'logs', `${name}.log`),
  }));
}

/**
 * @param {ServiceName} name
 * @param {Setting} setting
 * @returns {Record<string, string | undefined>}
 */
export function serviceEnvironment(name, { env, ports, servers, dataDir }) {
  const { secrets } = servers;
  const urls = publicUrls(env, ports);
  // The simulator is a carrier's side and a phone: it has no part in the bus.
  const nats = name === SIMULATOR ? undefined : servers.natsUrls[name];
  return {
    ...inherited(env),
    NODE_ENV: 'development',
    PARTYLINE_DEMO: isDemo(env) ? '1' : '0',
    LOG_LEVEL: env.LOG_LEVEL ?? 'info',
    PORT: String(ports[name]),
    MONGODB_URL: servers.mongodbUrl,
    NATS_URL: nats,
    REDIS_URL: servers.redisUrl,
    PARTYLINE_JWT_SECRET: secrets.jwtSecret,
    PARTYLINE_SECRETS_KEY: secrets.secretsKey,
    PARTYLINE_VAPID_PUBLIC: secrets.vapid.publicKey,
    PARTYLINE_VAPID_PRIVATE: secrets.vapid.privateKey,
    PARTYLINE_PUBLIC_URL: urls.app,
    PARTYLINE_HOOKS_URL: urls.hooks,
    SIMULATOR_URL: urls.simulator,
    // The simulator's pictures are on loopback, which the guard on media otherwise refuses.
    PARTYLINE_MEDIA_ALLOW_ORIGINS: env.PARTYLINE_MEDIA_ALLOW_ORIGINS ?? (isDemo(env) ? urls.simulator : ''),
    PARTYLINE_MEDIA_DIR: env.PARTYLINE_MEDIA_BUCKET ? undefined : join(dataDir, 'media'),
    WEB_DIST: join(ROOT, 'web/dist'),
  };
}

/**
 * @param {import('./paths.mjs').Env} env
 * @param {Record<ServiceName, number>} ports
 */
export function publicUrls(env, ports) {
  return {
    app: env.PARTYLINE_PUBLIC_URL || `http://localhost:${ports.gateway}`,
    hooks: `http://127.0.0.1:${ports.ingest}`,
    simulator: `http://127.0.0.1:${ports.simulator}`,
  };
}

/**
 * What services inherit: not npm's own variables, nor the passwords of the others.
 * @param {import('./paths.mjs').Env} env
 */
function inherited(env) {
  return Object.fromEntries(
    Object.entries(env).filter(([key]) => !/^npm_/i.test(key) && !/^NATS_[A-Z]+_PASSWORD$/.test(key)),
  );
}
