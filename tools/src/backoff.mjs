// @ts-check
// How long to wait before a dead process is started again: not at all the first time, then a quarter of a second
// doubling to ten, for as long as it keeps dying quickly.

const FIRST_MS = 250;
const LONGEST_MS = 10_000;
/** Living longer than this is not "quickly". */
const QUICK_MS = 10_000;

export class Backoff {
  #quickDeaths = 0;

  /**
   * @param {number} livedMs how long the process lived
   * @returns {number} milliseconds to wait before the next start
   */
  next(livedMs) {
    if (livedMs > QUICK_MS) this.#quickDeaths = 0;
    const wait = this.#quickDeaths === 0 ? 0 : FIRST_MS * 2 ** (this.#quickDeaths - 1);
    this.#quickDeaths += 1;
    return Math.min(wait, LONGEST_MS);
  }
}
