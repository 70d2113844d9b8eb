import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Failpoint } from './failpoints.js';

/** Names a folder in which failpoints are armed. Only ever set by tests. */
const VARIABLE = 'PARTYLINE_FAILPOINTS';

type Environment = Readonly<Record<string, string | undefined>>;

/** The folder in which failpoints are armed; undefined where there are none, which in production is always. */
export function failpointFolder(env: Environment): string | undefined {
  return env['NODE_ENV'] === 'production' ? undefined : env[VARIABLE] || undefined;
}

/** Throws where somebody asks for failpoints in production: a process that ignored it would seem to obey. */
export function refuseFailpointsInProduction(env: Environment): void {
  if (env['NODE_ENV'] !== 'production' || !env[VARIABLE]) return;
  throw new Error(
    `This service refuses to start: ${VARIABLE} makes processes kill themselves and is for tests. ` +
      'Unset it, or do not set NODE_ENV=production.',
  );
}

const dieNow = (): void => {
  process.kill(process.pid, 'SIGKILL');
};

/**
 * What `failpoint` does. Off (`folder` is undefined) it does nothing at all. On, a file `armed/<name>` in the folder
 * kills the process by `die` when the name is hit, and moves to `fired` before: once, in whichever process comes first.
 * A number in the file says at which hit.
 */
export function failpointsOf(folder: string | undefined, die = dieNow): (name: Failpoint) => void {
  if (folder === undefined) return () => undefined;
  return (name) => {
    const armed = join(folder, 'armed', name);
    try {
      const hits = Number(readFileSync(armed, 'utf8')) || 1;
      if (hits > 1) return writeFileSync(armed, String(hits - 1));
      renameSync(armed, join(folder, 'fired', name));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
      throw error;
    }
    die();
  };
}

/** Here this process may be killed by a test, as a crash would: kill -9, at this very point. */
export const failpoint = failpointsOf(failpointFolder(process.env));
