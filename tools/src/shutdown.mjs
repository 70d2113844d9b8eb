// @ts-check
// The end of a start: Ctrl-C or SIGTERM ends everything in order, the last begun first; a second one kills at once.

const SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
/** npm passes Ctrl-C on to us, which the terminal did already: the same one heard twice. */
const ECHO_MS = 500;
const PARENT_CHECK_MS = 1_000;

/** @typedef {{ close?: () => void | Promise<void>, kill?: () => void }} Part */

export class Shutdown {
  /** @type {Part[]} */
  #parts = [];
  /** @type {Promise<void> | undefined} */
  #ending;
  #firstSignalAt = 0;
  #begun = new AbortController();
  #say;

  /** @param {import('./console.mjs').Say} say */
  constructor(say) {
    this.#say = say;
  }

  /** @param {Part} part close: ends it in good order; kill: at once */
  add(part) {
    this.#parts.push(part);
  }

  get hasBegun() {
    return this.#begun.signal.aborted;
  }

  /** Aborted when the end begins. */
  get signal() {
    return this.#begun.signal;
  }

  /** Listens to the signals, and notices when the npm that started us was killed. */
  arm() {
    for (const signal of SIGNALS) process.on(signal, () => this.#onSignal());
    if (!process.env.npm_lifecycle_event) return;
    const parent = process.ppid;
    setInterval(() => process.ppid === parent || void this.#endWith(0), PARENT_CHECK_MS).unref();
  }

  /** @returns {Promise<void>} when all parts are closed */
  end() {
    this.#ending ??= this.#closeParts();
    return this.#ending;
  }

  #onSignal() {
    if (this.#firstSignalAt === 0) {
      this.#firstSignalAt = Date.now();
      void this.#endWith(0);
    } else if (Date.now() - this.#firstSignalAt > ECHO_MS) {
      this.#say('Ending everything at once.');
      for (const { kill } of this.#parts) kill?.();
      process.exit(130);
    }
  }

  /** @param {number} code */
  async #endWith(code) {
    if (this.hasBegun) return;
    this.#say('Stopping …');
    await this.end();
    this.#say('Stopped.');
    process.exit(code);
  }

  async #closeParts() {
    this.#begun.abort();
    for (const { close } of this.#parts.toReversed()) await close?.();
  }
}
