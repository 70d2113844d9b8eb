// @ts-check
// npm run test:faults -- --minutes 10 --seed X: the whole product under load while the seed's faults happen to it; then, with
// everything mended, what was promised is checked against what everybody was told.
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { randomInt } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { buildAll } from '../../tools/src/build.mjs';
import { say } from '../../tools/src/console.mjs';
import { choosePorts } from '../../tools/src/ports.mjs';
import { loadDriver } from '../../tools/src/servers/mongodb.mjs';
import { SERVICES, serviceSpecs, SIMULATOR } from '../../tools/src/services.mjs';
import { Supervisor } from '../../tools/src/supervisor.mjs';
import { Carrier } from './carrier.mjs';
import { verdictOf } from './checks.mjs';
import { startCluster } from './cluster.mjs';
import { customer, PEOPLE, Person, work } from './load.mjs';
import { clockFile, Nemesis } from './nemesis.mjs';
import { randomFrom } from './random.mjs';
import { REPLICAS, scheduleOf } from './schedule.mjs';
import { Smsc } from './smsc.mjs';

const CUSTOMERS = 8;
/** After the last fault: for the longest back-off of a republished receipt, and for what waits for its next look. */
const PATIENCE_MS = 240_000;

const { values } = parseArgs({ options: { minutes: { type: 'string' }, seed: { type: 'string' } } });
const minutes = Number(values.minutes ?? 2);
const seed = Number(values.seed ?? randomInt(2 ** 31));
if (!(minutes > 0) || !Number.isInteger(seed)) {
  console.error('npm run test:faults -- --minutes <a number> --seed <a whole number>');
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), 'partyline-faults-'));
mkdirSync(join(folder, 'logs'));
const began = performance.now();
const write = (/** @type {object} */ line) =>
  appendFileSync(
    join(folder, 'history.jsonl'),
    `${JSON.stringify({ ms: Math.round(performance.now() - began), ...line })}\n`,
  );

await buildAll(process.env, say);
const faults = scheduleOf(seed, minutes * 60_000);
say(`seed ${seed}, ${minutes} minutes, ${faults.length} faults planned; history and logs: ${folder}`);

const cluster = await startCluster(folder);
const ports = await choosePorts([...SERVICES, SIMULATOR, ...REPLICAS, 'smsc']);
const smsc = await Smsc.start(ports.smsc);
const carrier = new Carrier(`http://127.0.0.1:${ports.ingest}`, randomFrom(seed + 1));
const supervisor = new Supervisor(specsOf(), { say: (line) => write({ say: line }) });
const end = async () => {
  carrier.close();
  await smsc.close();
  await supervisor.stop();
  await cluster.stop();
};
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
  process.on(signal, () => {
    supervisor.killNow();
    cluster.killAll();
    process.exit(130);
  });
}

let isSound = false;
try {
  await carrier.listen(ports.simulator);
  await supervisor.start();
  isSound = await tryEverything();
} finally {
  await end();
  if (isSound) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  else say(`What happened is in ${folder}; the same faults again: --minutes ${minutes} --seed ${seed}`);
}
process.exit(isSound ? 0 : 1);

async function tryEverything() {
  const url = `http://127.0.0.1:${ports.gateway}`;
  const people = PEOPLE.map((id) => new Person(url, id));
  await smsc.introduce(new Person(url, 'ada'));
  const over = new AbortController();
  setMaxListeners(0, over.signal);
  /** @type {import('./load.mjs').Accepted[]} */
  const accepted = [];
  const customers = Array.from({ length: CUSTOMERS }, (_, i) =>
    customer({ carrier, smsc }, seed, i, over.signal, (text) => {
      accepted.push(text);
      write({ accepted: text });
    }),
  );
  const workers = people.map((person) => work(person, seed, over.signal));
  const nemesis = new Nemesis({ cluster, smsc, pids: () => supervisor.pids(), folder, write });
  await nemesis.run(faults);
  say('All faults are over; waiting for everything that is on its way.');
  over.abort();
  await Promise.all([...customers, ...workers]);
  for (const { by, conversationId, command, status, body, sent } of people.flatMap(({ told }) => told))
    write({ told: { by, conversationId, command, status, sent, code: body?.code, seq: body?.seq } });

  const told = people.flatMap((person) => person.told);
  const observer = new Person(url, 'ada');
  const verdict = await lastVerdict(observer, accepted, told);
  write({ verdict });
  for (const [what, found] of Object.entries(verdict))
    if (Array.isArray(found) && found.length > 0) say(`${what}: ${found.slice(0, 10).join(', ')}`);
  const bySmpp = accepted.filter(({ to }) => to === smsc.number).length;
  say(
    `faults ${nemesis.count}, webhooks ${accepted.length - bySmpp}, lost ${verdict.lost.length}, ` +
      `duplicated ${verdict.duplicated.length}, double owners ${verdict.doubleOwners.length}`,
  );
  say(`over SMPP: texts ${bySmpp}, replies ${smsc.received.size}, and they count above and below`);
  const { gaps, stale, repliesLost, sentTwice, sentByNobody, unsettled, replies } = verdict;
  say(
    `commands ${told.length}, replies ${replies}, lost ${repliesLost.length}, sent twice ${sentTwice.length}, ` +
      `sent by nobody ${sentByNobody.length}, unsettled ${unsettled.length}; ` +
      `logs with gaps ${gaps.length}, stale in lists ${stale.length}; seed ${seed}`,
  );
  return bySmpp > 0 && accepted.length > bySmpp && nemesis.count > 0 && faultsIn(verdict) === 0;
}

/** @param {ReturnType<typeof verdictOf>} verdict */
function faultsIn(verdict) {
  return Object.values(verdict).reduce((sum, found) => sum + (Array.isArray(found) ? found.length : 0), 0);
}

/**
 * Looks until nothing is amiss, or patience is at its end: what is late is not lost.
 * @param {Person} observer
 * @param {readonly import('./load.mjs').Accepted[]} accepted
 * @param {readonly import('./load.mjs').Told[]} told
 */
async function lastVerdict(observer, accepted, told) {
  const end = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      const threads = await threadsOf(observer);
      const verdict = verdictOf({
        accepted,
        told,
        threads,
        entries: await entriesOf(),
        carrier: carrier.received,
        smsc: smsc.received,
      });
      if (faultsIn(verdict) === 0 || performance.now() > end) return verdict;
      write({
        notYet: Object.fromEntries(
          Object.entries(verdict).map(([what, found]) => [what, Array.isArray(found) ? found.length : found]),
        ),
      });
    } catch (error) {
      write({ notYet: String(error) });
      if (performance.now() > end) throw error;
    }
    await pause(3_000);
  }
}

/** @param {Person} observer an Admin @returns {Promise<import('./checks.mjs').Thread[]>} */
async function threadsOf(observer) {
  const threads = [];
  for (const { id: inboxId } of await observer.get('/inboxes')) {
    for (const status of ['open', 'done']) {
      for (let cursor = ''; ;) {
        const path = `/inboxes/${inboxId}/conversations?status=${status}&limit=200${cursor}`;
        const { items, nextCursor } = await observer.get(path);
        for (const { id, number, peers, seq } of items)
          threads.push({ id, number, peers, seq, items: await itemsOf(observer, id) });
        if (nextCursor === null) break;
        cursor = `&cursor=${encodeURIComponent(nextCursor)}`;
      }
    }
  }
  return threads;
}

/**
 * @param {Person} observer
 * @param {string} id
 */
async function itemsOf(observer, id) {
  /** @type {import('./checks.mjs').Item[]} */
  const items = [];
  for (let before = ''; ;) {
    const page = await observer.get(`/conversations/${id}/timeline?limit=200${before}`);
    items.unshift(...page.items);
    if (page.nextBefore === null) return items;
    before = `&before=${page.nextBefore}`;
  }
}

/** @returns {Promise<import('./checks.mjs').Entry[]>} the log as a majority of MongoDB's members holds it */
async function entriesOf() {
  const { MongoClient } = await loadDriver();
  const client = new MongoClient(cluster.mongodbUrl, {
    readConcern: { level: 'majority' },
    serverSelectionTimeoutMS: 10_000,
  });
  try {
    const fields = { _id: 0, conversationId: 1, seq: 1, after: 1 };
    const timeline = client.db('partyline_inbox').collection('timeline');
    return /** @type {any} */ (await timeline.find({}, { projection: fields }).toArray());
  } finally {
    await client.close();
  }
}

function specsOf() {
  const { mongodbUrl, natsUrls, redisUrl, secrets } = cluster;
  const servers = /** @type {any} */ ({ mongodbUrl, natsUrls, redisUrl, secrets });
  const env = {
    ...process.env,
    NODE_OPTIONS: '',
    PARTYLINE_DEMO: '1',
    NATS_REPLICAS: '3',
    // Shorter than usual, so that interrupted sends are settled within the run.
    PARTYLINE_CARRIER_TIMEOUT_MS: '3000',
    PARTYLINE_CARRIER_ALLOW_ORIGINS: Smsc.originAt(ports.smsc),
  };
  const clock = new URL('./shifted-clock.mjs', import.meta.url).href;
  const specs = serviceSpecs({ env, dataDir: folder, ports, servers });
  return specs
    .filter(({ name }) => name !== SIMULATOR)
    .concat(REPLICAS.map((replica) => replicaOf(specs, replica)))
    .map((spec) => {
      const file = clockFile(folder, spec.name);
      writeFileSync(file, '0');
      return {
        ...spec,
        args: ['--import', clock, ...spec.args],
        env: { ...spec.env, NEMESIS_CLOCK_FILE: file },
      };
    });
}

/**
 * @param {ReturnType<typeof serviceSpecs>} specs
 * @param {(typeof REPLICAS)[number]} name
 */
function replicaOf(specs, name) {
  const original = specs.find((spec) => `${spec.name}-2` === name);
  if (!original) throw new Error(`there is nothing to have ${name} of`);
  const port = ports[name];
  return {
    ...original,
    name,
    env: { ...original.env, PORT: String(port) },
    readyUrl: `http://127.0.0.1:${port}/health/ready`,
    log: join(folder, 'logs', `${name}.log`),
  };
}
