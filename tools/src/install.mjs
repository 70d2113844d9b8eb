// @ts-check
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { step } from './console.mjs';
import { npm } from './npm.mjs';
import { ROOT } from './paths.mjs';
import { fingerprint, hasStamp, setStamp } from './stamp.mjs';

const MODULES = join(ROOT, 'node_modules');
const STAMP = join(MODULES, '.partyline-install');

/** A package with a native part fits one major version of Node on one platform. */
const wanted = () =>
  fingerprint(ROOT, ['package-lock.json'], [process.version, process.platform, process.arch]);

/**
 * Installs the npm packages when there are none, or when package-lock.json asks for others than the last time.
 * @param {import('./paths.mjs').Env} env
 * @param {import('./console.mjs').Say} say
 * @param {AbortSignal} [signal] ends the work
 */
export async function installPackages(env, say, signal) {
  if (hasStamp(STAMP, wanted())) return;
  const fresh = !existsSync(MODULES);
  const title = fresh
    ? 'Installing the npm packages (the first time takes about a minute)'
    : 'Updating the npm packages';
  await step(
    say,
    title,
    () =>
      // Not `npm ci`: it refuses a lock file that lacks an optional package of another platform (npm/cli#9846).
      npm(['install', '--no-save', '--include=dev', '--no-audit', '--no-fund'], {
        env,
        signal,
        failed:
          'The npm packages could not be installed; npm says why above. Mend that and run npm start again.',
      }),
    async () => `${(await readdir(MODULES).catch(() => [])).length} packages so far`,
  );
  setStamp(STAMP, wanted());
}
