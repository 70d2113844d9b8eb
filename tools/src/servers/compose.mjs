// @ts-check
// The last resort before asking a person: the same servers in containers, each by `docker compose up` in the
// foreground, so that it is started, watched and ended like any other process.
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { ROOT } from '../paths.mjs';
import { findOnPath } from './binaries.mjs';
import { runCommand } from './run-command.mjs';

/** @typedef {{ kind: 'compose', source: 'docker compose', docker: string, version: string }} Compose */

const FILE = join(ROOT, 'tools/servers.compose.yml');

/**
 * @param {import('../paths.mjs').Env} env
 * @returns {Promise<Compose | { refused: string }>}
 */
export async function findCompose(env) {
  const docker = findOnPath('docker', env);
  if (!docker) return { refused: 'Docker is not installed' };
  const compose = await runCommand(docker, ['compose', 'version', '--short'], { env, timeoutMs: 20_000 });
  if (compose.code !== 0) return { refused: 'docker has no compose plugin' };
  const engine = await runCommand(docker, ['info', '--format', '{{.ServerVersion}}'], {
    env,
    timeoutMs: 20_000,
  });
  if (engine.code !== 0) return { refused: "Docker's engine is not running" };
  return { kind: 'compose', source: 'docker compose', docker, version: compose.stdout.trim() };
}

/**
 * @param {Compose} found
 * @param {import('./definitions.mjs').ServerName} name
 * @param {string} dataDir each data folder has a project of its own, so that several run side by side
 * @param {Record<string, string>} env the variables of tools/servers.compose.yml
 * @returns {import('./process-spec.mjs').ProcessSpec}
 */
export function composeProcess({ docker }, name, dataDir, env) {
  const project = `partyline-${createHash('sha256').update(dataDir).digest('hex').slice(0, 12)}`;
  const user = process.getuid ? `${process.getuid()}:${process.getgid?.()}` : '0:0';
  return {
    command: docker,
    args: ['compose', '--file', FILE, '--project-name', project, 'up', '--no-log-prefix', name],
    env: { ...env, PARTYLINE_SERVER_USER: user, PARTYLINE_SERVER_DATA: dataDir },
  };
}
