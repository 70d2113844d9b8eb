// @ts-check
// Shared libraries that a downloaded binary needs and a minimal Linux lacks (mongod: libcurl.so.4).
// Debian and Ubuntu only; as root they are installed, otherwise unpacked beside the binary in the cache.
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { step } from '../console.mjs';
import { withLock } from '../lock.mjs';
import { findOnPath } from './binaries.mjs';
import { lastLine, runCommand } from './run-command.mjs';

/** The Debian package of each library that we know how to get. */
const PACKAGES = new Map([['libcurl.so.4', 'libcurl4']]);

/**
 * @typedef {object} LibraryOptions
 * @property {string} cache
 * @property {import('../paths.mjs').Env} env
 * @property {import('../console.mjs').Say} say
 * @property {boolean} [download] false: only look, get nothing
 */

/**
 * @param {string} binary
 * @param {LibraryOptions} options
 * @returns {Promise<{ env: Record<string, string> } | { refused: string }>} the environment in which it finds them all
 */
export async function ensureLibraries(binary, options) {
  if ((await missingLibraries(binary, {})).length === 0) return { env: {} };
  const beside = join(dirname(binary), 'lib');
  const kept = await libraryPathIn(beside);
  if (kept.LD_LIBRARY_PATH && (await missingLibraries(binary, kept)).length === 0) return { env: kept };

  const missing = await missingLibraries(binary, {});
  const packages = missing.map((library) => PACKAGES.get(library));
  const apt = findOnPath('apt-get', options.env);
  if (!apt || options.download === false || packages.some((name) => name === undefined)) {
    return { refused: `it needs ${missing.join(', ')}, which this system lacks` };
  }
  const names = /** @type {string[]} */ (packages);
  const title = `Getting ${names.join(', ')}`;
  const failed = await step(options.say, title, () =>
    withLock(join(options.cache, 'libraries.lock'), () =>
      process.getuid?.() === 0 ? install(apt, names, options) : unpack(apt, names, beside, options),
    ),
  );
  if (failed) return { refused: `it needs ${missing.join(', ')}, and ${failed}` };
  const env = await libraryPathIn(beside);
  const still = await missingLibraries(binary, env);
  return still.length === 0 ? { env } : { refused: `it needs ${still.join(', ')}, which this system lacks` };
}

/**
 * @param {string} binary
 * @param {Record<string, string>} extraEnv
 * @returns {Promise<string[]>} e.g. `libcurl.so.4`; empty where ldd cannot tell
 */
export async function missingLibraries(binary, extraEnv) {
  const { output } = await runCommand('ldd', [binary], { env: { ...process.env, ...extraEnv } });
  return [...output.matchAll(/^\s*(\S+) => not found/gm)].map(([, name = '']) => name);
}

/**
 * @param {string} apt
 * @param {string[]} packages
 * @param {LibraryOptions} options
 * @returns {Promise<string | undefined>} why it failed, if it did
 */
async function install(apt, packages, { env }) {
  const aptEnv = { ...env, DEBIAN_FRONTEND: 'noninteractive' };
  const args = ['install', '-y', '--no-install-recommends', ...packages];
  if ((await runCommand(apt, args, { env: aptEnv })).code === 0) return undefined;
  // A fresh container has no package lists yet.
  await runCommand(apt, ['update'], { env: aptEnv });
  const { code, output } = await runCommand(apt, args, { env: aptEnv });
  return code === 0 ? undefined : `apt-get install ${packages.join(' ')} failed: ${lastLine(output)}`;
}

/**
 * Downloads the packages and all that they need themselves, with package lists of our own, and unpacks them.
 * @param {string} apt
 * @param {string[]} packages
 * @param {string} target
 * @param {LibraryOptions} options
 * @returns {Promise<string | undefined>} why it failed, if it did
 */
async function unpack(apt, packages, target, { cache, env }) {
  const work = join(cache, `libraries-${process.pid}`);
  try {
    for (const folder of ['lists/partial', 'archives/partial', 'root', 'debs']) {
      await mkdir(join(work, folder), { recursive: true });
    }
    const own = [`Dir::State::Lists=${work}/lists`, `Dir::Cache=${work}`, 'Debug::NoLocking=1'].flatMap(
      (option) => ['-o', option],
    );
    const cwd = join(work, 'debs');
    const update = await runCommand(apt, [...own, 'update'], { env, cwd });
    if (update.code !== 0) return `apt-get update failed: ${lastLine(update.output)}`;
    const plan = await runCommand(apt, [...own, 'install', '-s', '--no-install-recommends', ...packages], {
      env,
      cwd,
    });
    const names = [...plan.stdout.matchAll(/^Inst (\S+)/gm)].map(([, name = '']) => name);
    const download = await runCommand(apt, [...own, 'download', ...names], { env, cwd });
    if (plan.code !== 0 || download.code !== 0) {
      return `apt-get download failed: ${lastLine(plan.code === 0 ? download.output : plan.output)}`;
    }
    for (const deb of await readdir(cwd)) {
      const { code, output } = await runCommand('dpkg', ['-x', join(cwd, deb), join(work, 'root')], { env });
      if (code !== 0) return `${deb} could not be unpacked: ${lastLine(output)}`;
    }
    await rm(target, { recursive: true, force: true });
    await rename(join(work, 'root'), target);
    return undefined;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/**
 * @param {string} root an unpacked package
 * @returns {Promise<Record<string, string>>} LD_LIBRARY_PATH over its library folders, or nothing
 */
async function libraryPathIn(root) {
  const folders = [];
  for (const base of ['usr/lib', 'lib']) {
    if (!existsSync(join(root, base))) continue;
    const inside = await readdir(join(root, base), { withFileTypes: true });
    folders.push(
      join(root, base),
      ...inside.filter((one) => one.isDirectory()).map((one) => join(root, base, one.name)),
    );
  }
  return folders.length > 0 ? { LD_LIBRARY_PATH: folders.join(':') } : {};
}
