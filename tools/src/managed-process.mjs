// @ts-check
// One service under supervision: started, watched until it is ready, started again when it dies, stopped.
import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { Backoff } from './backoff.mjs';
import { secondsSince } from './console.mjs';
import { isComplaint, readLogLine } from './log-lines.mjs';

const POLL_MS = 100;
const GRACE_MS = 10_000;

/**
 * @typedef {object} ServiceSpec
 * @property {string} name
 * @property {string} command
 * @property {string[]} args
 * @property {Record<string, string | undefined>} env the whole environment
 * @property {string} [cwd]
 * @property {string} readyUrl answers 2xx once it serves
 * @property {string} log file that its output is appended to
 */

export class ManagedProcess {
  /** @type {import('node:child_process').ChildProcess | undefined} */
  #child;
  #stopping = new AbortController();
  #backoff = new Backoff();
  #wasReady = false;
  #spec;
  #say;
  #onChange;

  /**
   * @param {ServiceSpec} spec
   * @param {import('./console.mjs').Say} say
   * @param {() => void} onChange the pid is another one now
   */
  constructor(spec, say, onChange) {
    this.#spec = spec;
    this.#say = say;
    this.#onChange = onChange;
  }

  get name() {
    return this.#spec.name;
  }

  get pid() {
    return this.#child?.pid;
  }

  /**
   * Keeps it running until `stop`.
   * @returns {Promise<void>} resolves when it is ready for the first time (or is stopped before)
   */
  start() {
    return new Promise((resolve) => {
      void this.#keepRunning(resolve);
    });
  }

  /**
   * SIGTERM, and SIGKILL for what is left after ten seconds.
   * @returns {Promise<void>} when it is gone
   */
  async stop() {
    this.#stopping.abort();
    const child = this.#child;
    if (!child) return;
    const gone = new Promise((resolve) => child.once('close', resolve));
    child.kill('SIGTERM');
    const impatience = setTimeout(() => {
      this.#say(`${this.name} did not finish within ${GRACE_MS / 1000} s and was ended.`);
      child.kill('SIGKILL');
    }, GRACE_MS);
    await gone;
    clearTimeout(impatience);
  }

  killNow() {
    this.#stopping.abort();
    this.#child?.kill('SIGKILL');
  }

  /** @param {() => void} firstReady */
  async #keepRunning(firstReady) {
    let diedAt = 0;
    while (!this.#stopping.signal.aborted) {
      const startedAt = Date.now();
      const how = await this.#runOnce(() => {
        if (this.#wasReady) this.#say(`${this.name} is back, ${secondsSince(diedAt)} after it died.`);
        this.#wasReady = true;
        firstReady();
      });
      diedAt = Date.now();
      if (this.#stopping.signal.aborted) break;
      const wait = this.#backoff.next(diedAt - startedAt);
      const when = wait === 0 ? 'now' : `in ${wait / 1000} s`;
      this.#say(`${this.name} died (${how}); starting it again ${when}. Its log: ${this.#spec.log}`);
      await delay(wait, undefined, { signal: this.#stopping.signal }).catch(() => {});
    }
    firstReady();
  }

  /**
   * @param {() => void} onReady
   * @returns {Promise<string>} how it ended
   */
  #runOnce(onReady) {
    const { command, args, env, cwd, log } = this.#spec;
    return new Promise((resolve) => {
      // A process group of its own: Ctrl-C reaches the supervisor alone, which ends services before servers.
      const child = spawn(command, args, {
        env,
        ...(cwd ? { cwd } : {}),
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
        detached: true,
      });
      this.#child = child;
      this.#onChange();
      const file = createWriteStream(log, { flags: 'a' });
      this.#follow(/** @type {import('node:stream').Readable} */ (child.stdout), false, file);
      this.#follow(/** @type {import('node:stream').Readable} */ (child.stderr), true, file);
      const ended = new AbortController();
      void this.#watchReadiness(onReady, ended.signal);
      let failure = '';
      child.once('error', (error) => (failure = error.message));
      child.once('close', (code, signal) => {
        ended.abort();
        file.end();
        this.#child = undefined;
        this.#onChange();
        resolve(failure || (signal ?? `exit code ${code}`));
      });
    });
  }

  /**
   * @param {import('node:stream').Readable} stream
   * @param {boolean} fromStderr
   * @param {import('node:fs').WriteStream} file
   */
  #follow(stream, fromStderr, file) {
    createInterface({ input: stream }).on('line', (line) => {
      file.write(`${line}\n`);
      const read = readLogLine(line, fromStderr);
      // While all are being stopped, each complains that the others are gone.
      if (isComplaint(read) && !this.#stopping.signal.aborted) this.#say(`${this.name} | ${read.text}`);
    });
  }

  /**
   * @param {() => void} onReady
   * @param {AbortSignal} ended
   */
  async #watchReadiness(onReady, ended) {
    while (!ended.aborted) {
      const answer = await fetch(this.#spec.readyUrl, { signal: AbortSignal.timeout(5_000) }).catch(
        () => undefined,
      );
      await answer?.body?.cancel();
      if (answer?.ok && !ended.aborted) {
        onReady();
        return;
      }
      await delay(POLL_MS);
    }
  }
}
