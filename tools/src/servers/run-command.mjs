// @ts-check
import { spawn } from 'node:child_process';

/**
 * @typedef {object} Outcome
 * @property {number | null} code null when it could not be started or was killed by a signal
 * @property {string} output what it wrote, both streams
 * @property {string} stdout
 */

/**
 * Runs a command to its end; a failure is an outcome, not an exception.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: import('../paths.mjs').Env, cwd?: string, timeoutMs?: number }} [options]
 * @returns {Promise<Outcome>}
 */
export function runCommand(command, args, { env = process.env, cwd, timeoutMs = 600_000 } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      env,
      ...(cwd ? { cwd } : {}),
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: timeoutMs,
    });
    let stdout = '';
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text;
      output += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
    child.once('error', (error) => resolve({ code: null, output: error.message, stdout: '' }));
    child.once('close', (code) => resolve({ code, output, stdout }));
  });
}

/**
 * @param {string} output
 * @returns {string} its last line that says something
 */
export function lastLine(output) {
  return output.trim().split('\n').at(-1)?.trim() ?? '';
}
