// @ts-check
import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { codeOf } from './problem.mjs';

/**
 * Writes a file so that a reader sees the old content or the new, never half of it.
 * @param {string} path
 * @param {unknown} value
 * @param {number} [mode]
 */
export function writeJson(path, value, mode = 0o644) {
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  writeFileSync(draft, `${JSON.stringify(value, null, 2)}\n`, { mode });
  renameSync(draft, path);
}

/**
 * @param {string} path
 * @returns {any} the parsed file, or undefined when there is none
 */
export function readJson(path) {
  const text = readText(path);
  return text === undefined ? undefined : JSON.parse(text);
}

/**
 * @param {string} path
 * @returns {string | undefined} undefined when there is no such file
 */
export function readText(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}
