// @ts-check
// Some tests run Python programs: pinned, each in a cached environment of its own.
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { step } from './console.mjs';
import { withLock } from './lock.mjs';
import { cacheDirectory } from './paths.mjs';
import { lastLine, runCommand } from './servers/run-command.mjs';

/**
 * @typedef {object} PythonTool
 * @property {string} name
 * @property {string} version
 * @property {readonly string[]} packages as pip wants them
 * @property {string} purpose "for the tests of ..."
 */

/** Makes requests from the OpenAPI document. @type {PythonTool} */
export const SCHEMATHESIS = {
  name: 'schemathesis',
  version: '4.32.5',
  packages: ['schemathesis==4.32.5'],
  purpose: 'for the tests of the API',
};
/** A server that speaks S3. Its own extra `server` would bring three hundred megabytes. @type {PythonTool} */
export const MOTO = {
  name: 'moto',
  version: '5.2.5',
  packages: ['moto[s3]==5.2.5', 'flask==3.1.3', 'flask-cors==6.0.5'],
  purpose: 'for the tests of the object store',
};

/**
 * @param {PythonTool} tool
 * @param {import('./paths.mjs').Env} env
 */
const folderOf = (tool, env) => join(cacheDirectory(env), 'python', `${tool.name}-${tool.version}`);

/**
 * @param {PythonTool} tool
 * @param {import('./paths.mjs').Env} env
 * @returns {string | undefined} its Python, which runs it as a module
 */
export function findPythonTool(tool, env) {
  const folder = folderOf(tool, env);
  return existsSync(join(folder, 'complete')) ? join(folder, 'bin', 'python') : undefined;
}

/**
 * Without it its suite is skipped and says so; in CI it fails.
 * @param {PythonTool} tool
 * @param {import('./paths.mjs').Env} env
 * @param {import('./console.mjs').Say} say
 */
export async function ensurePythonTool(tool, env, say) {
  if (findPythonTool(tool, env)) return;
  const folder = folderOf(tool, env);
  await mkdir(join(folder, '..'), { recursive: true });
  await withLock(`${folder}.lock`, async () => {
    if (findPythonTool(tool, env)) return;
    const refused = await step(say, `Installing ${tool.name} ${tool.version} ${tool.purpose}`, () =>
      installInto(folder, tool, env),
    );
    if (refused) say(`${tool.name} could not be installed, so its tests cannot run: ${refused}`);
  });
}

/**
 * @param {string} folder
 * @param {PythonTool} tool
 * @param {import('./paths.mjs').Env} env
 * @returns {Promise<string | null>} why not
 */
async function installInto(folder, tool, env) {
  await rm(folder, { recursive: true, force: true });
  const made = await runCommand('python3', ['-m', 'venv', folder], { env });
  if (made.code !== 0) return lastLine(made.output) || 'python3 with its venv module is missing';
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...tool.packages];
  const installed = await runCommand(join(folder, 'bin', 'python'), pip, { env });
  if (installed.code !== 0) return lastLine(installed.output);
  // A folder that was left half way is made anew the next time.
  await mkdir(join(folder, 'incomplete'));
  await rename(join(folder, 'incomplete'), join(folder, 'complete'));
  return null;
}
