// @ts-check
// `npm run bench -- ingest`: signed webhooks of three carriers into ingest alone, beside the floor. README.md.
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { connect } from '@nats-io/transport-node';
import autocannon from 'autocannon';
import { MongoClient } from 'mongodb';
import { CreateCarrierAccount } from '@partyline/contracts';
import { startServers } from '../tools/src/servers/index.mjs';
import { freePort } from './product.mjs';
import { benchCarriers, publicUrlOf } from './signed-webhooks.mjs';

const MAIN = fileURLToPath(new URL('../services/ingest/dist/main.js', import.meta.url));
const FLOOR = fileURLToPath(new URL('./floor/ingest.mjs', import.meta.url));
const WITH_PARENT = new URL('../tools/src/exit-with-parent.mjs', import.meta.url).href;
const PREFIX = 'bench';
const RECEIPTS = 'receipts';

/** @typedef {{ urls: string[], path: string, stop: () => Promise<void> }} Side */
/** @typedef {{ perSecond: number, p50: number, p99: number, accepted: number }} Load */
/** @typedef {import('../tools/src/servers/index.d.mts').RunningServers} Servers */
/** @typedef {import('./signed-webhooks.mjs').BenchCarrier} BenchCarrier */

/** @param {Servers} servers @param {number} processes */
async function startProduct(servers, processes) {
  const ports = await Promise.all(Array.from({ length: processes }, freePort));
  const children = ports.map((port) =>
    spawn(process.execPath, ['--import', WITH_PARENT, MAIN], {
      env: {
        ...process.env,
        PORT: String(port),
        PARTYLINE_HOST: '127.0.0.1',
        PARTYLINE_DEMO: '1',
        PARTYLINE_HOOKS_URL: `http://127.0.0.1:${port}`,
        PARTYLINE_SECRETS_KEY: servers.secrets.secretsKey,
        // No text here has a picture.
        PARTYLINE_MEDIA_DIR: join(tmpdir(), 'partyline-bench-media'),
        MONGODB_URL: servers.mongodbUrl,
        MONGODB_DB_PREFIX: PREFIX,
        NATS_URL: servers.natsUrls.ingest,
        LOG_LEVEL: 'warn',
      },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    }),
  );
  const stop = async () => {
    await Promise.all(
      children.map(async (child) => {
        if (child.exitCode === null && child.kill('SIGTERM')) await once(child, 'exit');
      }),
    );
  };
  for (const [index, port] of ports.entries()) {
    while (!(await isReady(port))) {
      if (children[index]?.exitCode !== null) {
        await stop();
        throw new Error('ingest ended before it was ready');
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  return { urls: ports.map((port) => `http://127.0.0.1:${port}`), stop };
}

const isReady = (/** @type {number} */ port) =>
  fetch(`http://127.0.0.1:${port}/health/ready`).then(
    ({ ok }) => ok,
    () => false,
  );

/** @param {Servers} servers @param {BenchCarrier} carrier @param {number} processes @returns {Promise<Side>} */
async function startFloor(servers, carrier, processes) {
  const children = Array.from({ length: processes }, () =>
    fork(FLOOR, {
      env: {
        ...process.env,
        FLOOR_MONGODB_URL: servers.mongodbUrl,
        FLOOR_NATS_URL: servers.adminNatsUrl,
        FLOOR_CARRIER: carrier.name,
        FLOOR_SECRET: carrier.key,
        FLOOR_SIGNED_URL: publicUrlOf(carrier.accountId, carrier.name),
      },
    }),
  );
  const listening = await Promise.all(children.map((child) => once(child, 'message')));
  return {
    urls: listening.map(([{ port }]) => `http://127.0.0.1:${port}`),
    path: '/',
    stop: async () => {
      await Promise.all(
        children.map(async (child) => {
          if (child.kill('SIGKILL')) await once(child, 'exit');
        }),
      );
    },
  };
}

/** @param {Servers} servers @param {readonly BenchCarrier[]} carriers */
async function createAccounts(servers, carriers) {
  const { host, username, password } = new URL(servers.adminNatsUrl);
  const nats = await connect({ servers: host, user: username, pass: password });
  for (const { name, accountId, settings, secrets } of carriers) {
    const account = {
      id: accountId,
      carrier: name,
      name: `Bench ${name}`,
      publicUrl: publicUrlOf(accountId, name),
      settings,
      active: true,
      secrets,
    };
    const request = { tenantId: 'bench', userId: 'bench', correlationId: 'co_bench', account };
    const answer = (await nats.request(CreateCarrierAccount.pattern, JSON.stringify(request))).json();
    if (!answer.ok) throw new Error(`${name}: ${answer.error.message}`);
  }
  await nats.close();
}

let peers = Math.floor(Math.random() * 1_000_000);

/**
 * @param {Side} side @param {BenchCarrier} carrier @param {number} connections @param {number} seconds
 * @returns {Promise<Load>}
 */
async function load({ urls, path }, carrier, connections, seconds) {
  const result = await autocannon({
    url: /** @type {any} */ (urls),
    connections: Math.max(connections, urls.length),
    duration: seconds,
    requests: [
      {
        setupRequest: (request) => ({
          ...request,
          ...carrier.webhook(path, `+1646${2_000_000 + (peers++ % 5_000_000)}`, 'Is my order on its way?'),
        }),
      },
    ],
  });
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(`${carrier.name}: ${result.non2xx} webhooks were refused, ${result.errors} failed`);
  }
  const { requests, latency } = result;
  return { perSecond: requests.average, p50: latency.p50, p99: latency.p99, accepted: requests.total };
}

const median = (/** @type {number[]} */ numbers) =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

/** @param {string[]} args */
export async function main(args) {
  const { values } = parseArgs({
    args,
    options: {
      seconds: { type: 'string', default: '5' },
      rounds: { type: 'string', default: '3' },
      connections: { type: 'string', default: '1,16,64' },
      processes: { type: 'string', default: '1,2' },
    },
  });
  const [seconds, rounds] = [Number(values.seconds), Number(values.rounds)];
  const connections = values.connections.split(',').map(Number);
  const [fewest = 1, ...more] = values.processes.split(',').map(Number);
  const most = connections.at(-1) ?? 64;
  const folder = mkdtempSync(join(tmpdir(), 'partyline-bench-'));
  const { MONGODB_URL: _mongodb, NATS_URL: _nats, REDIS_URL: _redis, ...env } = process.env;
  console.log('Starting MongoDB and NATS …');
  const servers = await startServers({ dataDir: folder, say: (line) => console.log(`  ${line}`), env });
  const mongo = await MongoClient.connect(servers.mongodbUrl);
  const receipts = mongo.db(`${PREFIX}_ingest`).collection(RECEIPTS);
  const carriers = benchCarriers();
  let accepted = 0;
  let stopProduct = async () => {};
  try {
    /** @type {Record<string, Record<string, string>>} */
    const table = {};
    for (const processes of [fewest, ...more]) {
      const product = await startProduct(servers, processes);
      stopProduct = product.stop;
      if (processes === fewest) await createAccounts(servers, carriers);
      for (const carrier of carriers) {
        const floor = await startFloor(servers, carrier, processes);
        const path = `/hooks/${carrier.name}/${carrier.accountId}`;
        const sides = { product: { ...product, path }, floor };
        for (const side of Object.values(sides)) await load(side, carrier, 16, 2);
        for (const count of processes === fewest ? connections : [most]) {
          /** @type {Record<'product' | 'floor', Load[]>} */
          const loads = { product: [], floor: [] };
          const title = `${carrier.name}, ${count} connections, ${processes} process${processes > 1 ? 'es' : ''}`;
          for (let round = 1; round <= rounds; round += 1) {
            for (const name of /** @type {const} */ (['product', 'floor'])) {
              process.stdout.write(`  ${title}, round ${round} of ${rounds}: ${name} …\n`);
              const result = await load(sides[name], carrier, count, seconds);
              if (name === 'product') accepted += result.accepted;
              loads[name].push(result);
              // Nobody is there to land them, and what stays open would be published again under the load of the next.
              await receipts.updateMany(
                { state: 'open' },
                { $set: { state: 'landed', landedAt: new Date() }, $unset: { nextAttemptAt: '' } },
              );
            }
          }
          table[title] = rowOf(loads);
        }
        await floor.stop();
      }
      await product.stop();
    }
    console.log('\nWebhooks accepted per second, and milliseconds until they were');
    console.table(table);
    const stored = await receipts.countDocuments();
    console.log(`${accepted} accepted while it was measured, ${stored} stored (with those of warming up).`);
    if (stored < accepted) throw new Error(`${accepted - stored} that were accepted are not there`);
  } finally {
    await stopProduct();
    await mongo.close();
    await servers.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {Record<'product' | 'floor', Load[]>} loads */
function rowOf({ product, floor }) {
  const of = (/** @type {Load[]} */ loads, /** @type {'perSecond' | 'p50' | 'p99'} */ key) =>
    median(loads.map((one) => one[key]));
  return {
    'per second': of(product, 'perSecond').toFixed(0),
    'floor’s': of(floor, 'perSecond').toFixed(0),
    ratio: (of(product, 'perSecond') / of(floor, 'perSecond')).toFixed(2),
    p50: of(product, 'p50').toFixed(1),
    'floor’s p50': of(floor, 'p50').toFixed(1),
    p99: of(product, 'p99').toFixed(1),
    'floor’s p99': of(floor, 'p99').toFixed(1),
  };
}
