// @ts-check
// Fingerprints of files, to know whether a step must be done again.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { codeOf } from './problem.mjs';
import { readText } from './files.mjs';

const SKIPPED = new Set(['node_modules', 'dist', 'coverage', 'test', 'test-results', '.git']);

/**
 * @param {string} root
 * @param {string[]} paths files and folders in it; one that is missing counts as empty
 * @param {string[]} [extra] what else makes a difference, such as a version
 * @returns {string} changes when any source file's content, name or place changes; tests and output do not count
 */
export function fingerprint(root, paths, extra = []) {
  const hash = createHash('sha256').update(JSON.stringify(extra));
  for (const path of paths) {
    for (const file of filesUnder(join(root, path))) {
      hash
        .update(`${relative(root, file)}\0`)
        .update(readFileSync(file))
        .update('\0');
    }
  }
  return hash.digest('hex');
}

/**
 * @param {string} path
 * @returns {string[]}
 */
function filesUnder(path) {
  let found;
  try {
    found = statSync(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
  if (found.isFile()) return [path];
  return readdirSync(path)
    .filter((name) => !SKIPPED.has(name) && !name.endsWith('.tsbuildinfo'))
    .toSorted()
    .flatMap((name) => filesUnder(join(path, name)));
}

/**
 * @param {string} file
 * @param {string} stamp
 */
export const hasStamp = (file, stamp) => readText(file) === stamp;

/**
 * @param {string} file
 * @param {string} stamp
 */
export const setStamp = (file, stamp) => writeFileSync(file, stamp);
