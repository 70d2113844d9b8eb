// @ts-check
// `.data/runtime.json`: where everything is while Partyline runs. The `partyline` command and the tests read it, and
// the next start ends what a start killed with all its helpers may have left.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { readJson, writeJson } from './files.mjs';
import { isAlive, startedAt } from './process-table.mjs';

/** @typedef {{ pid: number, since: string }} ProcessMark since: when it began, so that a recycled pid is told apart */
/** @typedef {ProcessMark & { port?: number | undefined, source?: string }} ProcessEntry */

/**
 * @typedef {object} Runtime
 * @property {ProcessMark} supervisor
 * @property {string} startedAt ISO 8601
 * @property {{ app: string, hooks: string, simulator: string, mongodb: string, nats: string, redis: string }} urls
 *   without NATS credentials
 * @property {Record<string, ProcessEntry>} services
 * @property {Record<string, ProcessEntry>} servers
 */

/** @param {string} dataDir */
const fileIn = (dataDir) => join(dataDir, 'runtime.json');

/**
 * @param {string} dataDir
 * @returns {Runtime | undefined}
 */
export const readRuntime = (dataDir) => readJson(fileIn(dataDir));

/**
 * @param {string} dataDir
 * @param {Runtime} runtime
 */
// MONGODB_URL may carry a password, so the file is for its owner alone.
export const writeRuntime = (dataDir, runtime) => writeJson(fileIn(dataDir), runtime, 0o600);

/** @param {string} dataDir */
export const removeRuntime = (dataDir) => rmSync(fileIn(dataDir), { force: true });

/**
 * @param {number} pid
 * @returns {ProcessMark}
 */
export const markOf = (pid) => ({ pid, since: startedAt(pid) });

/**
 * Ends processes of an earlier start that lost their supervisor and its helper at once. Only where the system tells
 * when a process began: otherwise a stranger with a recycled pid could be hit.
 * @param {string} dataDir
 * @returns {string[]} the names of those that were ended
 */
export function endLeftovers(dataDir) {
  const before = readRuntime(dataDir);
  if (!before) return [];
  const all = Object.entries({ ...before.services, ...before.servers });
  const left = all.filter(([, { pid, since }]) => since !== '' && isAlive(pid) && startedAt(pid) === since);
  for (const [, { pid }] of left) process.kill(pid, 'SIGKILL');
  removeRuntime(dataDir);
  return left.map(([name]) => name);
}
