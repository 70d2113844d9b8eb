// @ts-check
// Which servers there will be: where each comes from, and how those that are ours are run.
import { cacheDirectory } from '../paths.mjs';
import { Problem } from '../problem.mjs';
import { SERVER_NAMES, SERVERS } from './definitions.mjs';
import { mongodbProcess } from './mongodb.mjs';
import { natsProcess } from './nats.mjs';
import { redisProcess } from './redis.mjs';
import { resolveServer } from './resolve.mjs';

/** @typedef {import('./definitions.mjs').ServerName} ServerName */

/**
 * @param {import('../paths.mjs').Env} env
 * @param {import('../console.mjs').Say} say
 * @returns {Promise<Record<ServerName, import('./resolve.mjs').Found>>}
 */
export async function resolveAll(env, say) {
  const options = { env, cache: cacheDirectory(env), say };
  const outcomes = await Promise.allSettled(
    SERVER_NAMES.map((name) => resolveServer(SERVERS[name], options)),
  );
  const problems = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
  const unexpected = problems.find((problem) => !(problem instanceof Problem));
  if (unexpected) throw unexpected;
  // All at once: whoever has to install something wants to hear of it once.
  if (problems.length > 0) throw new Problem(problems.map(({ message }) => message).join('\n'));
  const found = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  return /** @type {any} */ (Object.fromEntries(SERVER_NAMES.map((name, i) => [name, found[i]])));
}

/**
 * @param {Record<ServerName, import('./resolve.mjs').Found>} found
 * @param {string} dataDir
 * @param {import('./index.mjs').ServerPorts} ports
 * @param {import('../secrets.mjs').Secrets} secrets
 * @returns {Map<ServerName, import('./process-spec.mjs').ServerProcess>} of those that are ours to run
 */
export function processesFor({ mongodb, nats, redis }, dataDir, ports, secrets) {
  /** @type {Map<ServerName, import('./process-spec.mjs').ServerProcess>} */
  const processes = new Map();
  if (mongodb.kind !== 'url')
    processes.set('mongodb', mongodbProcess(mongodb, { dataDir, port: ports.mongodb }));
  if (redis.kind !== 'url') processes.set('redis', redisProcess(redis, { dataDir, port: ports.redis }));
  if (nats.kind !== 'url') {
    processes.set(
      'nats',
      natsProcess(nats, { dataDir, port: ports.nats, monitorPort: ports.natsMonitor, secrets }),
    );
  }
  return processes;
}
