// @ts-check
// All services of one Partyline, started at once and in no order, each kept running.
import { say as print, secondsSince } from './console.mjs';
import { ManagedProcess } from './managed-process.mjs';

const SIGN_MS = 10_000;

export class Supervisor {
  #processes;
  #say;

  /**
   * @param {import('./managed-process.mjs').ServiceSpec[]} specs
   * @param {{ say?: import('./console.mjs').Say, onChange?: () => void }} [options] onChange: some pid is another one now
   */
  constructor(specs, { say = print, onChange = () => {} } = {}) {
    this.#say = say;
    this.#processes = specs.map((spec) => new ManagedProcess(spec, say, onChange));
  }

  /** @returns {Promise<void>} when every service was ready once */
  async start() {
    const startedAt = Date.now();
    const waiting = new Set(this.#processes.map(({ name }) => name));
    const signs = setInterval(() => {
      this.#say(`Still waiting for ${[...waiting].join(', ')} (${secondsSince(startedAt)}) …`);
    }, SIGN_MS);
    await Promise.all(this.#processes.map((one) => one.start().then(() => waiting.delete(one.name))));
    clearInterval(signs);
  }

  /** @returns {Record<string, number | undefined>} */
  pids() {
    return Object.fromEntries(this.#processes.map(({ name, pid }) => [name, pid]));
  }

  /** @returns {Promise<void>} when all are gone */
  async stop() {
    await Promise.all(this.#processes.map((one) => one.stop()));
  }

  killNow() {
    for (const one of this.#processes) one.killNow();
  }
}
