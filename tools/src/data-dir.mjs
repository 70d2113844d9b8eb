// @ts-check
// The data folder: one running Partyline at a time, and only a folder that is ours is ever emptied.
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lockHolder, tryLock } from './lock.mjs';
import { Problem } from './problem.mjs';

const MARKER = '.partyline-data';
const LOCK = 'supervisor.lock';
const MARKER_TEXT =
  'This folder belongs to Partyline: its databases, secrets and logs. `npm start -- --fresh` empties it.\n';

/**
 * Makes the folder ours and claims it for this process.
 * @param {string} dataDir
 * @returns {{ release: () => void }}
 * @throws {Problem} when another Partyline runs on it, or it holds somebody else's files
 */
export function claimDataDirectory(dataDir) {
  mkdirSync(dataDir, { recursive: true });
  if (!isOurs(dataDir)) {
    if (readdirSync(dataDir).length > 0) {
      throw new Problem(
        `${dataDir} holds files that are not Partyline's. Point PARTYLINE_DATA at a new or empty folder.`,
      );
    }
    writeFileSync(join(dataDir, MARKER), MARKER_TEXT);
  }
  const lock = tryLock(join(dataDir, LOCK));
  if ('release' in lock) return lock;
  throw new Problem(
    `Partyline already runs on ${dataDir} (process ${lock.holder.pid}). ` +
      'Stop it with Ctrl-C where it was started, or start a second one beside it on its own data and ports:\n' +
      '  PARTYLINE_DATA=.data2 PARTYLINE_PORT=3100 PARTYLINE_HOOKS_PORT=3101 npm start',
  );
}

/**
 * Empties the folder; the caller holds its claim.
 * @param {string} dataDir
 */
export function emptyDataDirectory(dataDir) {
  if (!isOurs(dataDir))
    throw new Problem(`${dataDir} is not a data folder of Partyline, so it is not emptied.`);
  for (const name of readdirSync(dataDir)) {
    if (name !== MARKER && name !== LOCK) rmSync(join(dataDir, name), { recursive: true, force: true });
  }
}

/** @param {string} dataDir */
export const isOurs = (dataDir) => existsSync(join(dataDir, MARKER));

/**
 * @param {string} dataDir
 * @returns {number | undefined} the pid of the Partyline that runs on it
 */
export const runningOn = (dataDir) => lockHolder(join(dataDir, LOCK))?.pid;
