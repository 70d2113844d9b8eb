// @ts-check
// What the system knows about other processes. Linux tells most (/proc); elsewhere only whether a process lives.
import { readFileSync } from 'node:fs';

/**
 * @param {number} pid
 * @returns {boolean}
 */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    // Somebody else's process: it lives, we just may not signal it.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/**
 * When a process began, so that a recycled pid is not taken for the process that once had it.
 * @param {number} pid
 * @returns {string} clock ticks since boot, or '' where the system does not tell
 */
export function startedAt(pid) {
  return statFields(pid)[19] ?? '';
}

/**
 * @param {number} pid
 * @returns {string} the command line, or '' where it is not known
 */
export function commandLine(pid) {
  return readProc(`/proc/${pid}/cmdline`).split('\0').join(' ').trim();
}

/** @param {number} pid */
function isZombie(pid) {
  return statFields(pid)[0] === 'Z';
}

/**
 * The fields of /proc/<pid>/stat after the command's name, which may itself hold spaces and brackets.
 * @param {number} pid
 */
function statFields(pid) {
  const stat = readProc(`/proc/${pid}/stat`);
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** @param {string} path */
function readProc(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
