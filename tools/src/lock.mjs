// @ts-check
// A lock file that names its holder, so that a lock left behind by a killed process is recognised and taken over.
import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { codeOf } from './problem.mjs';
import { isAlive, startedAt } from './process-table.mjs';

const RETRY_MS = 200;

/** @typedef {{ pid: number, since: string }} Holder */

/**
 * @param {string} path of the lock file; its folder must exist
 * @returns {{ release: () => void } | { holder: Holder }} the lock, or who has it
 */
export function tryLock(path) {
  const mine = `${process.pid} ${startedAt(process.pid)}\n`;
  for (;;) {
    if (createWhole(path, mine)) return { release: () => releaseIfMine(path, mine) };
    const holder = readHolder(path);
    if (holder && isHeld(holder)) return { holder };
    removeStale(path);
  }
}

/**
 * Creates the file with its content in one step (a link to a finished file), so that nobody ever reads half a lock.
 * @param {string} path
 * @param {string} content
 * @returns {boolean} false when the file is there already
 */
function createWhole(path, content) {
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  writeFileSync(draft, content);
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/**
 * @template T
 * @param {string} path
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(path, work) {
  for (;;) {
    const lock = tryLock(path);
    if ('release' in lock) {
      try {
        return await work();
      } finally {
        lock.release();
      }
    }
    await delay(RETRY_MS);
  }
}

/**
 * @param {string} path
 * @returns {Holder | undefined} who holds it now, if anyone alive
 */
export function lockHolder(path) {
  const holder = readHolder(path);
  return holder && isHeld(holder) ? holder : undefined;
}

/**
 * @param {string} path
 * @returns {Holder | undefined}
 */
function readHolder(path) {
  try {
    const [pid = '', since = ''] = readFileSync(path, 'utf8').trim().split(' ');
    return Number(pid) > 0 ? { pid: Number(pid), since } : undefined;
  } catch {
    return undefined;
  }
}

/** @param {Holder} holder */
function isHeld({ pid, since }) {
  return isAlive(pid) && startedAt(pid) === since;
}

/**
 * Moves the file aside first: if somebody else took the lock over in between, what was moved is theirs and goes back.
 * @param {string} path
 */
function removeStale(path) {
  const aside = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  const moved = readHolder(aside);
  if (moved && isHeld(moved)) createWhole(path, `${moved.pid} ${moved.since}\n`);
  rmSync(aside, { force: true });
}

/**
 * @param {string} path
 * @param {string} mine
 */
function releaseIfMine(path, mine) {
  try {
    if (readFileSync(path, 'utf8') === mine) rmSync(path);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}
