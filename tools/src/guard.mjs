// @ts-check
// The process that owns the servers. Its parent speaks to it over stdin, a JSON object a line, and hears over stdout.
// When stdin closes, for whatever reason (even SIGKILL of the parent), it ends every server and then itself, so that
// no server outlives the Partyline that started it. It runs in a session of its own: a Ctrl-C in the terminal must
// not reach the servers before the services have drained.
//
//   in   {id, do: 'start', name, command, args, env, log}   {id, do: 'signal', name, signal}   {id, do: 'stop', name}
//   out  {id, pid?} | {id, error}                           {exit: name, pid, code, signal}
import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { createInterface } from 'node:readline';

const GRACE_MS = 10_000;

/** @typedef {{ child: import('node:child_process').ChildProcess, gone: Promise<void> }} Running */
/** @type {Map<string, Running>} */
const running = new Map();

/** @param {object} message */
const tell = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);

/**
 * @param {{ name: string, command: string, args: string[], env: Record<string, string>, log: string }} order
 * @returns {Promise<number | undefined>} the pid
 */
async function start({ name, command, args, env, log }) {
  if (running.has(name)) throw new Error(`${name} runs already`);
  const file = openSync(log, 'a');
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', file, file] });
  closeSync(file);
  await new Promise((resolve, reject) => {
    child.once('spawn', () => resolve(undefined));
    child.once('error', reject);
  });
  /** @type {Promise<void>} */
  const gone = new Promise((resolve) => {
    child.once('exit', (code, signal) => {
      running.delete(name);
      tell({ exit: name, pid: child.pid, code, signal });
      resolve();
    });
  });
  running.set(name, { child, gone });
  return child.pid;
}

/** @param {string} name */
async function stop(name) {
  const one = running.get(name);
  if (!one) return;
  one.child.kill('SIGTERM');
  // A stopped (paused) process would not see the signal above.
  one.child.kill('SIGCONT');
  const impatience = setTimeout(() => one.child.kill('SIGKILL'), GRACE_MS);
  await one.gone;
  clearTimeout(impatience);
}

/** @param {any} order */
async function obey(order) {
  if (order.do === 'start') return { pid: await start(order) };
  if (order.do === 'stop') await stop(order.name);
  if (order.do === 'signal') running.get(order.name)?.child.kill(order.signal);
  return {};
}

async function endAll() {
  await Promise.all([...running.keys()].map(stop));
  process.exit(0);
}

/** @param {string} line */
async function answer(line) {
  const order = JSON.parse(line);
  try {
    tell({ id: order.id, ...(await obey(order)) });
  } catch (error) {
    tell({ id: order.id, error: error instanceof Error ? error.message : String(error) });
  }
}

const orders = createInterface({ input: process.stdin });
orders.on('line', (line) => void answer(line));
orders.on('close', () => void endAll());
process.on('SIGTERM', () => void endAll());
process.on('SIGINT', () => {});
process.on('SIGHUP', () => {});
// The parent is gone: stdin tells us so too.
process.stdout.on('error', () => {});
