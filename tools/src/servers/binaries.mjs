// @ts-check
// Looking for a server's binary: is it there, does it run, is it new enough.
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { lastLine, runCommand } from './run-command.mjs';
import { isAtLeast, parseVersion } from './version.mjs';

/**
 * @typedef {object} Binary
 * @property {'binary'} kind
 * @property {'PATH' | 'cache' | 'package'} source
 * @property {string} path
 * @property {string} version
 * @property {Record<string, string>} env what it needs in its environment to run
 */

/**
 * @param {string} command
 * @param {import('../paths.mjs').Env} env
 * @returns {string | undefined} its full path
 */
export function findOnPath(command, env) {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', ''] : [''];
  for (const folder of (env.PATH ?? '').split(delimiter).filter(Boolean)) {
    for (const ending of endings) {
      const path = join(folder, command + ending);
      if (isExecutable(path)) return path;
    }
  }
  return undefined;
}

/** @param {string} path */
export function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/**
 * @param {import('./definitions.mjs').ServerDefinition} server
 * @param {string} path
 * @param {Record<string, string>} [extraEnv]
 * @returns {Promise<{ version: string } | { refused: string }>} its version, or why it will not do
 */
export async function tryBinary(server, path, extraEnv = {}) {
  const { code, output } = await runCommand(path, server.versionArguments, {
    env: { ...process.env, ...extraEnv },
    timeoutMs: 30_000,
  });
  const version = parseVersion(output, server.versionPattern);
  if (code !== 0 || !version)
    return { refused: `${path} does not run here: ${lastLine(output) || 'no output'}` };
  if (isAtLeast(version, server.minimum)) return { version };
  return { refused: `${path} is ${server.title} ${version}, older than ${server.minimum}` };
}
