// @ts-check
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the checkout. */
export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** @typedef {Record<string, string | undefined>} Env */

/**
 * @param {Env} env
 * @returns {string} the folder of this installation's data: PARTYLINE_DATA, relative to the checkout, or `.data`
 */
export function dataDirectory(env) {
  return resolve(ROOT, env.PARTYLINE_DATA || '.data');
}

/**
 * Downloads live outside the checkout, so that a second clone starts fast.
 * @param {Env} env
 * @returns {string} PARTYLINE_CACHE, else `partyline` in the XDG cache folder
 */
export function cacheDirectory(env) {
  if (env.PARTYLINE_CACHE) return resolve(ROOT, env.PARTYLINE_CACHE);
  // The XDG specification says to ignore a relative value.
  const xdg = env.XDG_CACHE_HOME;
  return join(xdg && isAbsolute(xdg) ? xdg : join(env.HOME || homedir(), '.cache'), 'partyline');
}
