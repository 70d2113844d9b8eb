// @ts-check
// Once for a run of the int tests: finds the three servers and starts MongoDB, which all test files share. The others
// that a test file asks for run from the binaries found here (see ../src/servers.ts).
import { mkdtemp, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Guard } from '../../../tools/src/guard-client.mjs';
import { say } from '../../../tools/src/console.mjs';
import { cacheDirectory } from '../../../tools/src/paths.mjs';
import { freePort } from '../../../tools/src/ports.mjs';
import { findPythonTool, MOTO } from '../../../tools/src/python-tools.mjs';
import { SERVERS } from '../../../tools/src/servers/definitions.mjs';
import { mongodbProcess, mongodbUrl } from '../../../tools/src/servers/mongodb.mjs';
import { resolveServer } from '../../../tools/src/servers/resolve.mjs';

/** What global-teardown.mjs has to end. */
export const run = { /** @type {Guard | undefined} */ guard: undefined, folder: '' };

export default async function setUp() {
  run.folder = await mkdtemp(join(tmpdir(), 'partyline-tests-'));
  // A MongoDB given by URL is used for all that it survives; what is stopped and started by tests must be our own.
  const own = { ...process.env, MONGODB_URL: undefined, NATS_URL: undefined, REDIS_URL: undefined };
  const resolve = (
    /** @type {import('../../../tools/src/servers/definitions.mjs').ServerDefinition} */ server,
    env = own,
  ) => resolveServer(server, { env, cache: cacheDirectory(own), say });
  const [mongod, nats, redis] = await Promise.all(
    [SERVERS.mongodb, SERVERS.nats, SERVERS.redis].map((server) => resolve(server)),
  );
  const mongodb = process.env.MONGODB_URL ? await resolve(SERVERS.mongodb, process.env) : mongod;
  process.env.PARTYLINE_TEST_MONGODB = await startMongodb(mongodb);
  process.env.PARTYLINE_TEST_MONGOD = JSON.stringify(mongod);
  process.env.PARTYLINE_TEST_NATS = JSON.stringify(nats);
  process.env.PARTYLINE_TEST_REDIS = JSON.stringify(redis);
  process.env.PARTYLINE_TEST_MOTO = findPythonTool(MOTO, process.env) ?? '';
}

/** @param {import('../../../tools/src/servers/resolve.mjs').Found} found */
async function startMongodb(found) {
  if (found.kind === 'url') return found.url;
  const port = await freePort();
  await mkdir(join(run.folder, 'mongodb'));
  const { spec, ready } = mongodbProcess(found, { dataDir: run.folder, port });
  // Fail points: the only way to see what the driver makes of a primary that steps down in the middle of a write.
  spec.args.push('--setParameter', 'enableTestCommands=1');
  run.guard = new Guard();
  await run.guard.start('mongodb', spec, join(run.folder, 'mongodb.log'));
  await ready(AbortSignal.timeout(60_000));
  return mongodbUrl(port);
}
