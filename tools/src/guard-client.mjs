// @ts-check
// The other end of guard.mjs: starts it, gives it orders, hears which servers died.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createInterface } from 'node:readline';
import { isAlive } from './process-table.mjs';

const GUARD = fileURLToPath(new URL('./guard.mjs', import.meta.url));

/** @typedef {{ name: string, pid: number, code: number | null, signal: string | null }} Exit */
/** @typedef {import('./servers/process-spec.mjs').ProcessSpec} ProcessSpec */

export class Guard {
  /** @type {Map<number, { resolve: (answer: any) => void, reject: (error: Error) => void }>} */
  #waiting = new Map();
  /** @type {Map<string, number>} */
  #pids = new Map();
  /** @type {Set<(exit: Exit) => void>} */
  #listeners = new Set();
  #nextId = 1;
  #child = this.#spawn();
  #closed = false;

  /**
   * @param {(exit: Exit) => void} listener hears of every server that ended, wanted or not
   * @returns {() => void} stops the listening
   */
  onExit(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** @param {string} name */
  pidOf(name) {
    return this.#pids.get(name);
  }

  get pid() {
    return this.#child.pid;
  }

  /**
   * @param {string} name
   * @param {ProcessSpec} spec
   * @param {string} log file that its output is appended to
   */
  async start(name, spec, log) {
    const { pid } = await this.#order({ do: 'start', name, ...spec, log });
    this.#pids.set(name, pid);
  }

  /**
   * SIGTERM, then SIGKILL after ten seconds; resolves when it is gone.
   * @param {string} name
   */
  async stop(name) {
    await this.#order({ do: 'stop', name });
  }

  /**
   * @param {string} name
   * @param {NodeJS.Signals} signal
   */
  async signal(name, signal) {
    await this.#order({ do: 'signal', name, signal });
  }

  /** Ends every server and the guard. */
  async close() {
    this.#closed = true;
    this.#child.stdin.end();
    if (!this.#hasEnded()) await once(this.#child, 'close');
  }

  /** Ends every server and the guard at once, without letting them finish. */
  killAll() {
    this.#closed = true;
    this.#killServers();
    this.#child.stdin.end();
  }

  #spawn() {
    const child = spawn(process.execPath, [GUARD], { stdio: ['pipe', 'pipe', 'inherit'], detached: true });
    child.stdin.on('error', () => {});
    createInterface({ input: child.stdout }).on('line', (line) => this.#hear(JSON.parse(line)));
    child.once('close', () => this.#loseAll());
    return child;
  }

  #hasEnded() {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /** @param {any} message */
  #hear(message) {
    if (message.exit) {
      if (this.#pids.get(message.exit) === message.pid) this.#pids.delete(message.exit);
      const exit = { name: message.exit, pid: message.pid, code: message.code, signal: message.signal };
      for (const listener of this.#listeners) listener(exit);
      return;
    }
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.error) waiting?.reject(new Error(message.error));
    else waiting?.resolve(message);
  }

  /**
   * @param {object} order
   * @returns {Promise<any>}
   */
  #order(order) {
    const id = this.#nextId++;
    if (this.#hasEnded() && !this.#closed) this.#child = this.#spawn();
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#child.stdin.write(`${JSON.stringify({ id, ...order })}\n`);
    });
  }

  /** The guard itself was killed: its servers must not be left behind. */
  #loseAll() {
    this.#killServers();
    for (const { reject } of this.#waiting.values())
      reject(new Error('the process that owns the servers has ended'));
    this.#waiting.clear();
    const lost = [...this.#pids];
    this.#pids.clear();
    for (const [name, pid] of lost) {
      for (const listener of this.#listeners) listener({ name, pid, code: null, signal: 'SIGKILL' });
    }
  }

  #killServers() {
    for (const pid of this.#pids.values()) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
  }
}
