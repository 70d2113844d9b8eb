// @ts-check
// The property-based tests of the API run Schemathesis, a Python program: pinned, in a cached environment of its own.
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { step } from './console.mjs';
import { withLock } from './lock.mjs';
import { cacheDirectory } from './paths.mjs';
import { lastLine, runCommand } from './servers/run-command.mjs';

const VERSION = '4.32.5';

/** @param {import('./paths.mjs').Env} env */
const folderOf = (env) => join(cacheDirectory(env), 'python', `schemathesis-${VERSION}`);

/**
 * @param {import('./paths.mjs').Env} env
 * @returns {string | undefined} its Python, which runs it as a module
 */
export function findSchemathesis(env) {
  const folder = folderOf(env);
  return existsSync(join(folder, 'complete')) ? join(folder, 'bin', 'python') : undefined;
}

/**
 * Without it its suite is skipped and says so; in CI it fails.
 * @param {import('./paths.mjs').Env} env
 * @param {import('./console.mjs').Say} say
 */
export async function ensureSchemathesis(env, say) {
  if (findSchemathesis(env)) return;
  const folder = folderOf(env);
  await mkdir(join(folder, '..'), { recursive: true });
  await withLock(`${folder}.lock`, async () => {
    if (findSchemathesis(env)) return;
    const refused = await step(say, `Installing Schemathesis ${VERSION} for the tests of the API`, () =>
      installInto(folder, env),
    );
    if (refused) say(`Schemathesis could not be installed, so its tests cannot run: ${refused}`);
  });
}

/**
 * @param {string} folder
 * @param {import('./paths.mjs').Env} env
 * @returns {Promise<string | null>} why not
 */
async function installInto(folder, env) {
  await rm(folder, { recursive: true, force: true });
  const made = await runCommand('python3', ['-m', 'venv', folder], { env });
  if (made.code !== 0) return lastLine(made.output) || 'python3 with its venv module is missing';
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', `schemathesis==${VERSION}`];
  const installed = await runCommand(join(folder, 'bin', 'python'), pip, { env });
  if (installed.code !== 0) return lastLine(installed.output);
  // A folder that was left half way is made anew the next time.
  await mkdir(join(folder, 'incomplete'));
  await rename(join(folder, 'incomplete'), join(folder, 'complete'));
  return null;
}
