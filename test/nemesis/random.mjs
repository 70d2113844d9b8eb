// @ts-check
// Chance that a seed decides.

/** @typedef {() => number} Random from 0 to 1, without 1 */

/**
 * Mulberry32: small, and the same everywhere.
 * @param {number} seed
 * @returns {Random}
 */
export function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * @template T
 * @param {Random} random
 * @param {readonly T[]} all not empty
 * @returns {T}
 */
export const oneOf = (random, all) => all[Math.floor(random() * all.length)];

/**
 * @param {Random} random
 * @param {number} from
 * @param {number} to
 */
export const between = (random, from, to) => Math.round(from + random() * (to - from));
