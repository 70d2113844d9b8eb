// @ts-check
// Which process listens on a port: from /proc on Linux, from lsof where there is one.
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { commandLine } from './process-table.mjs';

const LISTEN = '0A';

/**
 * @param {number} port
 * @returns {{ pid: number, command: string } | undefined} undefined when the system does not tell (another user's)
 */
export function portOwner(port) {
  return process.platform === 'linux' ? ownerFromProc(port) : ownerFromLsof(port);
}

/** @param {number} port */
function ownerFromProc(port) {
  const sockets = new Set([...listening('/proc/net/tcp', port), ...listening('/proc/net/tcp6', port)]);
  if (sockets.size === 0) return undefined;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    if (openFiles(pid).some((link) => sockets.has(link))) {
      return { pid: Number(pid), command: commandLine(Number(pid)) };
    }
  }
  return undefined;
}

/**
 * @param {string} table
 * @param {number} port
 * @returns {string[]} e.g. `socket:[12345]`
 */
function listening(table, port) {
  const hexPort = port.toString(16).toUpperCase().padStart(4, '0');
  return linesOf(table)
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local = '', , state]) => state === LISTEN && local.endsWith(`:${hexPort}`))
    .map((fields) => `socket:[${fields[9]}]`);
}

/** @param {string} path */
function linesOf(path) {
  try {
    return readFileSync(path, 'utf8').split('\n');
  } catch {
    return [];
  }
}

/** @param {string} pid */
function openFiles(pid) {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return [readlinkSync(`/proc/${pid}/fd/${fd}`)];
      } catch {
        return [];
      }
    });
  } catch {
    return []; // gone meanwhile, or not ours to look into
  }
}

/** @param {number} port */
function ownerFromLsof(port) {
  try {
    const out = execFileSync('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const pid = Number(/^p(\d+)$/m.exec(out)?.[1]);
    return pid > 0 ? { pid, command: /^c(.+)$/m.exec(out)?.[1] ?? '' } : undefined;
  } catch {
    return undefined;
  }
}
