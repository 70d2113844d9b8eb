// @ts-check
import { spawn } from 'node:child_process';
import { ROOT } from './paths.mjs';
import { Problem } from './problem.mjs';

const KEPT_CHARACTERS = 20_000;
/** npm runs scripts that run others: in a group of their own they can be ended together. */
const GROUPS = process.platform !== 'win32';

/**
 * Runs npm in the checkout. In a terminal npm draws its own progress; elsewhere its output is kept for the case that
 * it fails.
 * @param {string[]} args
 * @param {object} options
 * @param {import('./paths.mjs').Env} options.env
 * @param {boolean} [options.show]
 * @param {AbortSignal | undefined} [options.signal] ends npm and all that it runs
 * @param {string} options.failed the sentence when it fails
 * @returns {Promise<void>}
 */
export function npm(args, { env, show = process.stderr.isTTY, signal, failed }) {
  const [command, prefix] = npmCommand(env);
  const child = spawn(command, [...prefix, ...args], {
    cwd: ROOT,
    env,
    stdio: show ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
    detached: GROUPS,
    shell: process.platform === 'win32' && prefix.length === 0,
  });
  const end = () => endGroup(child);
  signal?.addEventListener('abort', end, { once: true });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text) => {
      output = (output + text).slice(-KEPT_CHARACTERS);
    });
  }
  return new Promise((resolve, reject) => {
    child.once('error', (error) =>
      reject(new Problem(`npm could not be started (${error.message}). Is it installed?`)),
    );
    child.once('close', (code) => {
      signal?.removeEventListener('abort', end);
      if (code === 0) resolve();
      else reject(new Problem([output.trim(), failed].filter(Boolean).join('\n\n')));
    });
  });
}

/** @param {import('node:child_process').ChildProcess} child */
function endGroup({ pid }) {
  if (pid !== undefined) process.kill(GROUPS ? -pid : pid, 'SIGTERM');
}

/**
 * @param {import('./paths.mjs').Env} env
 * @returns {[string, string[]]} the very npm that runs us, where one does
 */
function npmCommand(env) {
  const running = env.npm_execpath;
  return running?.endsWith('.js') ? [process.execPath, [running]] : ['npm', []];
}
