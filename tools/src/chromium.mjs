// @ts-check
// The browser of the tests: found, or installed where that takes no question (root on Debian or Ubuntu).
import { existsSync } from 'node:fs';
import { step } from './console.mjs';
import { lastLine, runCommand } from './servers/run-command.mjs';

const PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const MAC = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {string | undefined}
 */
export const findChromium = (env) =>
  [env['CHROME_PATH'], ...PATHS, MAC].find((path) => path && existsSync(path));

/**
 * Without a browser the tests that need one are skipped and say so; in CI they fail.
 * @param {NodeJS.ProcessEnv} env
 * @param {import('./console.mjs').Say} say
 */
export async function ensureChromium(env, say) {
  if (findChromium(env)) return;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    say('No Chromium found: the browser tests are skipped. Install Chromium or set CHROME_PATH to run them.');
    return;
  }
  await step(say, 'Installing Chromium for the browser tests', async () => {
    const quiet = { env: { ...env, DEBIAN_FRONTEND: 'noninteractive' } };
    await runCommand('apt-get', ['update', '-qq'], quiet);
    const install = ['install', '-y', '-qq', '--no-install-recommends', 'chromium'];
    const { code, output } = await runCommand('apt-get', install, quiet);
    if (code !== 0)
      say(`Chromium could not be installed, so the browser tests cannot run: ${lastLine(output)}`);
  });
}
