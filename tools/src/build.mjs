// @ts-check
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { step } from './console.mjs';
import { npm } from './npm.mjs';
import { ROOT } from './paths.mjs';
import { entryOf, SERVICES, SIMULATOR } from './services.mjs';
import { fingerprint, hasStamp, setStamp } from './stamp.mjs';

const STAMP = join(ROOT, 'node_modules/.partyline-build');
const SOURCES = ['libs', 'services', 'web', 'tools/simulator', 'package.json', 'package-lock.json'];
const CONFIGS = ['tsconfig.json', 'tsconfig.base.json', 'nest-cli.json'];

/** @returns {boolean} whether everything that is started is there */
function isWhole() {
  const entries = [...SERVICES, SIMULATOR].map((name) => entryOf(/** @type {any} */ (name)));
  return [...entries, join(ROOT, 'web/dist/index.html')].every(existsSync);
}

/**
 * Builds services and web app when their sources changed since the last build, or a result is missing.
 * @param {import('./paths.mjs').Env} env
 * @param {import('./console.mjs').Say} say
 * @param {AbortSignal} [signal] ends the work
 */
export async function buildAll(env, say, signal) {
  const stamp = fingerprint(ROOT, [...SOURCES, ...CONFIGS]);
  if (hasStamp(STAMP, stamp) && isWhole()) return;
  const title = 'Building the services and the web app';
  await step(say, title, () =>
    npm(['run', 'build'], {
      env,
      signal,
      show: false,
      failed: 'The build failed; what is wrong stands above.',
    }),
  );
  setStamp(STAMP, stamp);
}
