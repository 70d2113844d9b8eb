// @ts-check
// MongoDB as a replica set of one: transactions, majority writes and change streams work as in production.
import { join } from 'node:path';
import { codeOf, Problem } from '../problem.mjs';
import { composeProcess } from './compose.mjs';
import { waitUntil } from './wait-until.mjs';

const SET = 'rs0';
const NOT_YET_INITIALIZED = 94;

/** @param {number} port */
export const mongodbUrl = (port) => `mongodb://127.0.0.1:${port}/?replicaSet=${SET}`;

/**
 * @param {import('./binaries.mjs').Binary | import('./compose.mjs').Compose} found
 * @param {{ dataDir: string, port: number }} options
 * @returns {import('./process-spec.mjs').ServerProcess}
 */
export function mongodbProcess(found, { dataDir, port }) {
  /** @param {AbortSignal} ended */
  const ready = (ended) => waitForMongodb(port, ended);
  if (found.kind === 'compose') {
    return { spec: composeProcess(found, 'mongodb', dataDir, { MONGODB_PORT: String(port) }), ready };
  }
  const args = ['--replSet', SET, '--bind_ip', '127.0.0.1', '--port', String(port)];
  args.push(
    '--dbpath',
    join(dataDir, 'mongodb'),
    '--wiredTigerCacheSizeGB',
    '0.5',
    '--oplogSize',
    '512',
    '--quiet',
    // What a killed service was about to change is free again after seconds and not after a minute.
    '--setParameter',
    'transactionLifetimeLimitSeconds=5',
  );
  if (process.platform !== 'win32') args.push('--nounixsocket');
  return { spec: { command: found.path, args, env: found.env }, ready };
}

/**
 * Waits until the server answers, makes it a replica set where it is none yet, and waits until it takes writes.
 * @param {number} port
 * @param {AbortSignal} ended
 */
async function waitForMongodb(port, ended) {
  const client = await waitUntil('MongoDB to answer', () => connectTo(port), ended);
  try {
    const admin = client.db('admin');
    await waitUntil('MongoDB to be a replica set', () => formSet(admin, `127.0.0.1:${port}`), ended);
    await waitUntil(
      'MongoDB to take writes',
      async () => {
        const { isWritablePrimary } = await admin.command({ hello: 1 });
        if (!isWritablePrimary) throw new Error('the replica set has no primary yet');
      },
      ended,
    );
  } finally {
    await client.close();
  }
}

/**
 * A client whose first connection fails is closed for good, so each try has its own.
 * @param {number} port
 */
async function connectTo(port) {
  const { MongoClient } = await loadDriver();
  const client = new MongoClient(`mongodb://127.0.0.1:${port}/?directConnection=true`, {
    serverSelectionTimeoutMS: 300,
  });
  try {
    return await client.connect();
  } catch (error) {
    await client.close();
    throw error;
  }
}

/**
 * @param {import('mongodb').Db} admin
 * @param {string} host
 */
async function formSet(admin, host) {
  const config = await admin.command({ replSetGetConfig: 1 }).then(
    (answer) => answer.config,
    (error) => {
      if (error.code === NOT_YET_INITIALIZED) return undefined;
      throw error;
    },
  );
  if (!config) {
    await admin.command({ replSetInitiate: { _id: SET, members: [{ _id: 0, host }] } });
  } else if (config.members[0].host !== host) {
    // The port of the last start was taken, so the set must learn its new address; there is no majority to ask.
    const moved = { ...config, version: config.version + 1, members: [{ ...config.members[0], host }] };
    await admin.command({ replSetReconfig: moved, force: true });
  }
}

/** The driver comes with `npm install`, which nothing here may need before it is called. */
export async function loadDriver() {
  try {
    return await import('mongodb');
  } catch (error) {
    if (codeOf(error) !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new Problem(
      'The npm packages are not installed yet. Run npm install (npm start does it by itself).',
    );
  }
}
