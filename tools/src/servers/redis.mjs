// @ts-check
// Redis for BullMQ's timers: an append-only file, and never an eviction.
import { join } from 'node:path';
import { composeProcess } from './compose.mjs';
import { firstLine } from './first-line.mjs';
import { waitUntil } from './wait-until.mjs';

/** @param {number} port */
export const redisUrl = (port) => `redis://127.0.0.1:${port}`;

/**
 * @param {import('./binaries.mjs').Binary | import('./compose.mjs').Compose} found
 * @param {{ dataDir: string, port: number }} options
 * @returns {import('./process-spec.mjs').ServerProcess}
 */
export function redisProcess(found, { dataDir, port }) {
  /** @param {AbortSignal} ended */
  const ready = (ended) => waitForRedis(port, ended);
  if (found.kind === 'compose') {
    return { spec: composeProcess(found, 'redis', dataDir, { REDIS_PORT: String(port) }), ready };
  }
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', join(dataDir, 'redis'), '--save', ''];
  args.push('--appendonly', 'yes', '--appendfsync', 'everysec', '--maxmemory-policy', 'noeviction');
  return { spec: { command: found.path, args, env: found.env }, ready };
}

/**
 * @param {number} port
 * @param {AbortSignal} ended
 */
async function waitForRedis(port, ended) {
  await waitUntil(
    'Redis to answer',
    async () => {
      const answer = await firstLine({ host: '127.0.0.1', port, send: 'PING\r\n' });
      // While it reads its file back it says -LOADING.
      if (answer !== '+PONG') throw new Error(`it says ${answer}`);
    },
    ended,
  );
}
