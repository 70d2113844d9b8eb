// @ts-check
// Servers that somebody else runs, given by URL: do they answer, and do they keep what they acknowledge?
import { Problem } from '../problem.mjs';
import { natsPasswordVariable } from '../secrets.mjs';
import { SERVERS } from './definitions.mjs';
import { firstLine } from './first-line.mjs';
import { loadDriver } from './mongodb.mjs';
import { isAtLeast } from './version.mjs';

/**
 * @typedef {object} External
 * @property {'url'} kind
 * @property {'environment'} source
 * @property {string} url
 * @property {string} version '' where it does not tell
 * @property {boolean} needsPassword it wants credentials that the URL does not carry
 */

/**
 * @param {import('./definitions.mjs').ServerDefinition} server
 * @param {string} url
 * @returns {Promise<External>}
 * @throws {Problem} when it is no such URL, does not answer, or will not do
 */
export async function checkExternal(server, url) {
  const { name, title, variable, scheme, minimum } = server;
  if (!fits(url, scheme)) throw new Problem(`${variable} must be a URL like ${scheme}host:port.`);
  const check = { mongodb: checkMongodb, nats: checkNats, redis: checkRedis }[name];
  let seen;
  try {
    seen = await check(url);
  } catch (error) {
    if (error instanceof Problem) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new Problem(
      `${title} at ${hideCredentials(url)} (${variable}) does not answer: ${reason}. Start it or correct ${variable}.`,
    );
  }
  if (seen.version && !isAtLeast(seen.version, minimum)) {
    throw new Problem(
      `${title} at ${hideCredentials(url)} is ${seen.version}, but Partyline needs ${minimum} or newer.`,
    );
  }
  return { kind: 'url', source: 'environment', url, needsPassword: false, ...seen };
}

/** @param {string} url */
export const hideCredentials = (url) => url.replace(/\/\/[^@/]*@/, '//');

/** @param {string} url */
export const hasCredentials = (url) => /\/\/[^@/]+@/.test(url);

/**
 * @param {string} url
 * @param {string} scheme
 */
function fits(url, scheme) {
  const secured = { 'mongodb://': 'mongodb+srv://', 'nats://': 'tls://', 'redis://': 'rediss://' }[scheme];
  return [scheme, secured].some(
    (start) => start !== undefined && url.startsWith(start) && url.length > start.length,
  );
}

/** @param {string} url */
async function checkMongodb(url) {
  const { MongoClient } = await loadDriver();
  const client = new MongoClient(url, { serverSelectionTimeoutMS: 5_000 });
  try {
    const { setName, msg } = await client.db('admin').command({ hello: 1 });
    if (!setName && msg !== 'isdbgrid') {
      throw new Problem(
        'MONGODB_URL points at a MongoDB that is no replica set. Start it with --replSet and initiate it: writes are only safe there.',
      );
    }
    const { version } = await client.db('admin').command({ buildInfo: 1 });
    return { version: String(version) };
  } finally {
    await client.close();
  }
}

/**
 * A NATS server introduces itself before anyone signs in (docs.nats.io, client protocol, INFO).
 * @param {string} url
 */
async function checkNats(url) {
  const { hostname, port } = new URL(url.split(',')[0] ?? '');
  const line = await firstLine({ host: hostname, port: Number(port || 4222) });
  const info = JSON.parse(line.replace(/^INFO\s+/, ''));
  if (!info.jetstream)
    throw new Problem('NATS_URL points at a NATS without JetStream. Start it with infra/nats/nats.conf.');
  return {
    version: String(info.version),
    needsPassword: Boolean(info.auth_required) && !hasCredentials(url),
  };
}

/**
 * Signs in once, so that a wrong password is a clear sentence now and not a service that cannot start.
 * @param {string} url
 * @param {string} user
 * @param {string} password
 * @throws {Problem} when NATS refuses
 */
export async function checkNatsLogin(url, user, password) {
  const { hostname, port, protocol } = new URL(url.split(',')[0] ?? '');
  // Over TLS the handshake comes between the greeting and the login: left to the client library.
  if (protocol === 'tls:') return;
  const login = JSON.stringify({
    verbose: true,
    pedantic: false,
    lang: 'node',
    version: '1',
    user,
    pass: password,
  });
  const send = `CONNECT ${login}\r\nPING\r\n`;
  const answer = await firstLine({ host: hostname, port: Number(port || 4222), send, skip: 1 });
  if (answer === '+OK') return;
  const variable = natsPasswordVariable(/** @type {import('../secrets.mjs').NatsUser} */ (user));
  throw new Problem(
    `NATS at ${url} refuses the user ${user}. Set ${variable} to the password that it knows.`,
  );
}

/** @param {string} url */
async function checkRedis(url) {
  const { hostname, port, protocol } = new URL(url);
  const answer = await firstLine({
    host: hostname,
    port: Number(port || 6379),
    send: 'PING\r\n',
    tls: protocol === 'rediss:',
  });
  if (answer !== '+PONG' && !answer.startsWith('-NOAUTH')) throw new Error(`it says ${answer}`);
  return { version: '' };
}

/**
 * @param {import('../paths.mjs').Env} env
 * @throws {Problem} when the address of a server is missing
 */
export function requireUrls(env) {
  const missing = Object.values(SERVERS).filter(({ variable }) => !env[variable]);
  if (missing.length === 0) return;
  const names = missing.map(({ variable }) => variable).join(' and ');
  const examples = missing.map(({ variable, scheme }) => `${variable}=${scheme}host:port`).join(' ');
  throw new Problem(
    `--services-only starts no servers, so ${names} must say where they are: ${examples} npm start -- --services-only`,
  );
}
