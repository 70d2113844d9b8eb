// @ts-check
// The secrets of one installation, made at its first start and kept for later ones. They are never printed.
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { readJson, writeJson } from './files.mjs';

/** The users of infra/nats/permissions.conf. */
export const NATS_USERS = /** @type {const} */ ([
  'ingest',
  'routing',
  'inbox',
  'delivery',
  'notify',
  'gateway',
  'admin',
]);

/** @typedef {(typeof NATS_USERS)[number]} NatsUser */

/**
 * @typedef {object} Secrets
 * @property {Record<NatsUser, string>} natsPasswords
 * @property {string} jwtSecret signs access tokens
 * @property {string} secretsKey 32 bytes, base64: encrypts carrier secrets at rest
 * @property {{ publicKey: string, privateKey: string }} vapid P-256 in base64url: the uncompressed point (65 bytes)
 *   and the scalar (32 bytes), as Web Push wants them (RFC 8292)
 */

/** @param {NatsUser} user */
export const natsPasswordVariable = (user) => `NATS_${user.toUpperCase()}_PASSWORD`;

/** @param {string} dataDir */
export const secretsFile = (dataDir) => join(dataDir, 'secrets.json');

/**
 * @param {string} dataDir
 * @returns {Secrets | undefined}
 */
export function readSecrets(dataDir) {
  return readJson(secretsFile(dataDir));
}

/**
 * What the environment gives wins; the rest is kept in the data folder, made at the first start.
 * @param {string} dataDir
 * @param {import('./paths.mjs').Env} [env]
 * @returns {Secrets}
 */
export function ensureSecrets(dataDir, env = {}) {
  let kept = readSecrets(dataDir);
  if (!kept) {
    kept = newSecrets();
    writeJson(secretsFile(dataDir), kept, 0o600);
  }
  const passwords = NATS_USERS.map((user) => [
    user,
    env[natsPasswordVariable(user)] || kept.natsPasswords[user],
  ]);
  return {
    natsPasswords: Object.fromEntries(passwords),
    jwtSecret: env.PARTYLINE_JWT_SECRET || kept.jwtSecret,
    secretsKey: env.PARTYLINE_SECRETS_KEY || kept.secretsKey,
    vapid: {
      publicKey: env.PARTYLINE_VAPID_PUBLIC || kept.vapid.publicKey,
      privateKey: env.PARTYLINE_VAPID_PRIVATE || kept.vapid.privateKey,
    },
  };
}

/** @returns {Secrets} */
export function newSecrets() {
  const passwords = NATS_USERS.map((user) => [user, newNatsPassword()]);
  return {
    natsPasswords: Object.fromEntries(passwords),
    jwtSecret: randomBytes(48).toString('base64url'),
    secretsKey: randomBytes(32).toString('base64'),
    vapid: newVapidKeys(),
  };
}

/** Letters and digits with a letter first: nats-server parses a variable's value as configuration. */
const newNatsPassword = () => `p${randomBytes(24).toString('hex')}`;

function newVapidKeys() {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '', d = '' } = privateKey.export({ format: 'jwk' });
  const point = Buffer.concat([Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
  return { publicKey: point.toString('base64url'), privateKey: d };
}
