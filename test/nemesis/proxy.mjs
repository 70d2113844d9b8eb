// @ts-check
// A TCP proxy on loopback whose lines can be cut, slowed, and left open without a word.
import { connect, createServer } from 'node:net';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';

export class Proxy {
  /** @type {Set<import('node:net').Socket>} */
  #sockets = new Set();
  #isCut = false;
  #isSilent = false;
  #delayMs = 0;
  #target;
  #server;

  /** @param {number} target port on loopback */
  constructor(target) {
    this.#target = target;
    this.#server = createServer((near) => this.#join(near));
  }

  /** @param {number} port */
  async listen(port) {
    this.#server.listen(port, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  /** Every line is reset, and new ones are, too, until heal(). */
  cut() {
    this.#isCut = true;
    this.#reset();
  }

  /** What is sent is swallowed on the way, both ways, while every line stays open; until heal(). */
  halfOpen() {
    this.#isSilent = true;
  }

  /** @param {number} ms what is sent takes so much longer, until heal() */
  delay(ms) {
    this.#delayMs = ms;
  }

  /** Lines on which something was swallowed cannot go on: they are reset. */
  heal() {
    if (this.#isSilent) this.#reset();
    this.#isCut = false;
    this.#isSilent = false;
    this.#delayMs = 0;
  }

  close() {
    this.cut();
    this.#server.close();
  }

  #reset() {
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  /** @param {import('node:net').Socket} near */
  #join(near) {
    if (this.#isCut) {
      near.resetAndDestroy();
      return;
    }
    const far = connect(this.#target, '127.0.0.1');
    this.#carry(near, far);
    this.#carry(far, near);
  }

  /**
   * @param {import('node:net').Socket} from
   * @param {import('node:net').Socket} to
   */
  #carry(from, to) {
    this.#sockets.add(from);
    from.setNoDelay(true);
    /** @type {Promise<unknown>} */
    let last = Promise.resolve();
    let waiting = 0;
    from.on('data', (bytes) => {
      if (this.#isSilent) return;
      if (this.#delayMs === 0 && waiting === 0) {
        if (to.write(bytes)) return;
        from.pause();
        to.once('drain', () => from.resume());
        return;
      }
      // In their order, whatever the delay was when each came.
      waiting += 1;
      last = Promise.all([last, setTimeout(this.#delayMs)]).then(() => {
        waiting -= 1;
        if (!to.destroyed) to.write(bytes);
      });
    });
    from.on('error', () => to.destroy());
    from.on('end', () => void last.then(() => to.end()));
    from.on('close', () => {
      this.#sockets.delete(from);
      void last.then(() => to.destroy());
    });
  }
}
