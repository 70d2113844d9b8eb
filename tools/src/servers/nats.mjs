// @ts-check
// NATS with JetStream, run by the same configuration as in production (infra/nats/nats.conf).
import { join } from 'node:path';
import { ROOT } from '../paths.mjs';
import { NATS_USERS, natsPasswordVariable } from '../secrets.mjs';
import { composeProcess } from './compose.mjs';
import { waitUntil } from './wait-until.mjs';

/** @param {number} port */
export const natsUrl = (port) => `nats://127.0.0.1:${port}`;

/**
 * @param {string} url one server, or several separated by commas
 * @param {string} user
 * @param {string} password
 */
export function withCredentials(url, user, password) {
  const credentials = `${encodeURIComponent(user)}:${encodeURIComponent(password)}@`;
  return url
    .split(',')
    .map((one) => one.trim().replace(/^(\w+:\/\/)?/, (scheme) => `${scheme || 'nats://'}${credentials}`))
    .join(',');
}

/**
 * @param {import('./binaries.mjs').Binary | import('./compose.mjs').Compose} found
 * @param {{ dataDir: string, port: number, monitorPort: number, secrets: import('../secrets.mjs').Secrets }} options
 * @returns {import('./process-spec.mjs').ServerProcess}
 */
export function natsProcess(found, { dataDir, port, monitorPort, secrets }) {
  /** @param {AbortSignal} ended */
  const ready = (ended) => waitForNats(monitorPort, ended);
  const ports = { NATS_PORT: String(port), NATS_MONITOR_PORT: String(monitorPort) };
  const passwords = Object.fromEntries(
    NATS_USERS.map((user) => [natsPasswordVariable(user), secrets.natsPasswords[user]]),
  );
  if (found.kind === 'compose') {
    return { spec: composeProcess(found, 'nats', dataDir, { ...ports, ...passwords }), ready };
  }
  const env = {
    ...found.env,
    ...ports,
    ...passwords,
    NATS_HOST: '127.0.0.1',
    NATS_STORE_DIR: JSON.stringify(natsStore(dataDir)),
  };
  return { spec: { command: found.path, args: ['-c', join(ROOT, 'infra/nats/nats.conf')], env }, ready };
}

/** @param {string} dataDir */
export const natsStore = (dataDir) => join(dataDir, 'nats');

/**
 * @param {number} monitorPort
 * @param {AbortSignal} ended
 */
async function waitForNats(monitorPort, ended) {
  await waitUntil(
    'NATS with JetStream to answer',
    async () => {
      const answer = await fetch(`http://127.0.0.1:${monitorPort}/healthz?js-server-only=true`, {
        signal: AbortSignal.timeout(2_000),
      });
      if (!answer.ok) throw new Error(`it says ${answer.status}: ${await answer.text()}`);
    },
    ended,
  );
}
