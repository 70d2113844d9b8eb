// @ts-check
// Ports: the two a person may choose, and free ones for everything else, the same again at the next start.
import { createServer } from 'node:net';
import { randomInt } from 'node:crypto';
import { codeOf, Problem } from './problem.mjs';
import { portOwner } from './port-owner.mjs';
import { readJson, writeJson } from './files.mjs';

// Below the range from which the system takes ports for outgoing connections, so that none of those gets in the way.
const LOWEST = 20_000;
const HIGHEST = 30_000;
const ADDRESSES = ['127.0.0.1', '0.0.0.0', '::'];

/**
 * @param {number} port
 * @returns {Promise<boolean>} whether nobody listens there, on any address
 */
export async function isFree(port) {
  for (const address of ADDRESSES) {
    if (!(await canListen(port, address))) return false;
  }
  return true;
}

/**
 * @param {number} port
 * @param {string} address
 * @returns {Promise<boolean>}
 */
function canListen(port, address) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error) => {
      const code = codeOf(error);
      if (code === 'EADDRINUSE' || code === 'EACCES') resolve(false);
      // No IPv6 on this machine: nobody can be there either.
      else if (code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT') resolve(true);
      else reject(error);
    });
    server.listen({ port, host: address, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/**
 * @param {Set<number>} [taken] ports promised to others already; the chosen one is added
 * @returns {Promise<number>}
 */
export async function freePort(taken = new Set()) {
  for (;;) {
    const port = randomInt(LOWEST, HIGHEST);
    if (taken.has(port) || !(await isFree(port))) continue;
    taken.add(port);
    return port;
  }
}

/**
 * A port for each name: the remembered one where it is still free, else a new one.
 * @template {string} Name
 * @param {readonly Name[]} names
 * @param {{ file?: string, taken?: Set<number> }} [options] file: where they are remembered
 * @returns {Promise<Record<Name, number>>}
 */
export async function choosePorts(names, { file, taken = new Set() } = {}) {
  /** @type {Record<string, number>} */
  const remembered = (file && readJson(file)) || {};
  const chosen = /** @type {Record<Name, number>} */ ({});
  for (const name of names) {
    const before = remembered[name];
    const keep = before !== undefined && !taken.has(before) && (await isFree(before));
    if (keep) taken.add(before);
    chosen[name] = keep ? before : await freePort(taken);
  }
  if (file) writeJson(file, { ...remembered, ...chosen });
  return chosen;
}

/** The ports that people use, with the variable that moves each. */
export const PUBLIC_PORTS = /** @type {const} */ ({
  gateway: { variable: 'PARTYLINE_PORT', usual: 3000, what: 'the web app' },
  ingest: { variable: 'PARTYLINE_HOOKS_PORT', usual: 3001, what: "the carriers' webhooks" },
});

/**
 * The two public ports, checked.
 * @param {import('./paths.mjs').Env} env
 * @returns {Promise<{ gateway: number, ingest: number }>}
 * @throws {Problem} when one is no port number or is busy
 */
export async function publicPorts(env) {
  const ports = { gateway: portFrom(env, PUBLIC_PORTS.gateway), ingest: portFrom(env, PUBLIC_PORTS.ingest) };
  if (ports.gateway === ports.ingest) {
    throw new Problem(
      `PARTYLINE_PORT and PARTYLINE_HOOKS_PORT are both ${ports.gateway}, but the web app and the webhooks need a ` +
        'port each. Give them different numbers.',
    );
  }
  const busy = [];
  for (const name of /** @type {const} */ (['gateway', 'ingest'])) {
    if (!(await isFree(ports[name]))) busy.push({ port: ports[name], ...PUBLIC_PORTS[name] });
  }
  if (busy.length > 0) throw await busyProblem(busy, new Set(Object.values(ports)));
  return ports;
}

/**
 * @param {import('./paths.mjs').Env} env
 * @param {{ variable: string, usual: number }} which
 */
function portFrom(env, { variable, usual }) {
  const text = env[variable];
  if (!text) return usual;
  const port = Number(text);
  if (/^\d+$/.test(text) && port > 0 && port < 65_536) return port;
  throw new Problem(`${variable} is "${text}", which is no port. Give a number from 1 to 65535.`);
}

/**
 * @param {{ port: number, what: string, variable: string }[]} busy
 * @param {Set<number>} taken
 */
async function busyProblem(busy, taken) {
  const lines = [];
  const moves = [];
  for (const { port, what, variable } of busy) {
    const owner = portOwner(port);
    const who = owner ? `process ${owner.pid} (${shorten(owner.command)})` : 'a process of another user';
    lines.push(`Port ${port}, for ${what}, is held by ${who}.`);
    let instead = port + 100;
    while (taken.has(instead) || !(await isFree(instead))) instead += 1;
    taken.add(instead);
    moves.push(`${variable}=${instead}`);
  }
  lines.push(`End it, or start on other ports: ${moves.join(' ')} npm start`);
  return new Problem(lines.join('\n'));
}

/** @param {string} command */
const shorten = (command) => (command.length > 100 ? `${command.slice(0, 99)}…` : command);
