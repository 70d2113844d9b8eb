// @ts-check
// `partyline`: as a person runs it, in a process of its own.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { MongoClient } from 'mongodb';
import { startServers } from '../src/servers/index.mjs';
import { runCommand } from '../src/servers/run-command.mjs';
import { temporaryFolder, withoutUrls } from './temporary.mjs';

const BIN = fileURLToPath(new URL('../bin/partyline.mjs', import.meta.url));

/**
 * @param {string[]} args
 * @param {Record<string, string>} [env]
 */
const partyline = (args, env = {}) =>
  runCommand(process.execPath, [BIN, ...args], { env: { ...withoutUrls(), ...env } });

void describe('partyline', () => {
  for (const [args, code, says] of /** @type {const} */ ([
    [['--help'], 0, /npx partyline <command>/],
    [['text', '--help'], 0, /npx partyline <command>/],
    [[], 2, /npx partyline <command>/],
    [['dance'], 2, /There is no command "dance"/],
    [['text', '+12125550101', 'hi', '--frm', 'x'], 2, /Unknown option '--frm'/],
    [['text', '2125550101', 'hi'], 1, /"2125550101" is no phone number/],
    [['text', '+12125550101'], 1, /There is no text to send/],
    [['tell-again', '--service', 'notify'], 1, /"notify" has nothing to tell again/],
    [['text'], 1, /Say to which number, and what/],
    [['env'], 1, /Say which service: npx partyline env <ingest/],
    [['env', 'inbox'], 1, /Partyline does not run here/],
    [['dead', 'bury'], 1, /partyline dead list, or partyline dead replay/],
    [['dead', 'replay'], 1, /--id .* or --all/],
    [['dead', 'list', '--service', 'shop'], 1, /no service "shop"/],
  ])) {
    void test(`partyline ${args.join(' ')}`, async (t) => {
      const outcome = await partyline([...args], { PARTYLINE_DATA: temporaryFolder(t) });
      assert.match(outcome.output, says);
      assert.equal(outcome.code, code);
      assert.doesNotMatch(outcome.output, /\n {4}at /);
    });
  }
});

void describe('partyline env', () => {
  void test('gives one service what npm start gives it, with a port of its own, as a shell reads it', async (t) => {
    const data = temporaryFolder(t);
    const services = Object.fromEntries(
      ['ingest', 'routing', 'inbox', 'delivery', 'notify', 'gateway', 'simulator'].map((name, index) => [
        name,
        { pid: 1, since: '', port: 4001 + index },
      ]),
    );
    const urls = {
      mongodb: "mongodb://127.0.0.1:1/?x='$(false)'",
      nats: 'nats://127.0.0.1:2',
      redis: 'redis://127.0.0.1:3',
    };
    writeFileSync(join(data, 'runtime.json'), JSON.stringify({ services, urls }));
    const shell = 'eval "$("$0" "$1" env inbox)" && echo "$MONGODB_URL|$NATS_URL|$PARTYLINE_HOOKS_URL|$PORT"';
    const outcome = await runCommand('sh', ['-c', shell, process.execPath, BIN], {
      env: { ...withoutUrls(), PARTYLINE_DATA: data },
    });
    const [mongodb, nats, hooks, port] = outcome.output.trim().split('|');
    assert.equal(mongodb, urls.mongodb);
    assert.match(nats ?? '', /^nats:\/\/inbox:[^:@]+@127\.0\.0\.1:2$/);
    assert.equal(hooks, 'http://127.0.0.1:4001');
    assert.match(port ?? '', /^\d+$/);
    assert.notEqual(port, '4003');
  });
});

void describe('partyline text', () => {
  /**
   * @param {import('node:test').TestContext} t
   * @param {number} status
   * @param {object} answer
   */
  async function simulator(t, status, answer) {
    /** @type {{ url: string | undefined, body: unknown }[]} */
    const heard = [];
    const server = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (part) => (body += part));
      request.on('end', () => {
        heard.push({ url: request.url, body: JSON.parse(body) });
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    t.after(() => server.close());
    const address = server.address();
    assert.ok(address !== null && typeof address === 'object');
    return { url: `http://127.0.0.1:${address.port}`, heard };
  }

  void test('sends through the simulator that runs here', async (t) => {
    const { url, heard } = await simulator(t, 201, {});
    const dataDir = temporaryFolder(t);
    writeFileSync(
      join(dataDir, 'runtime.json'),
      JSON.stringify({ urls: { simulator: url, app: 'http://localhost:3000' } }),
    );
    const sent = await partyline(['text', '+12125550101', 'hello', 'there', '--from', '+19175550111'], {
      PARTYLINE_DATA: dataDir,
    });
    assert.equal(sent.code, 0, sent.output);
    assert.match(
      sent.stdout,
      /from \+19175550111 to \+12125550101 was delivered to Partyline\. See it at http:\/\/localhost:3000/,
    );
    assert.deepEqual(heard, [
      { url: '/api/texts', body: { from: '+19175550111', to: '+12125550101', text: 'hello there' } },
    ]);
  });

  void test('says when a text is still on its way', async (t) => {
    const { url } = await simulator(t, 202, {});
    const sent = await partyline(['text', '+12125550101', 'hello'], { SIMULATOR_URL: url });
    assert.equal(sent.code, 0);
    assert.match(sent.stdout, /has not taken the text .* yet\. The phone simulator keeps trying/);
  });

  void test('says why a text was not taken', async (t) => {
    const { url } = await simulator(t, 422, { detail: 'Nobody has this number.' });
    const sent = await partyline(['text', '+12125559999', 'hello'], { SIMULATOR_URL: url });
    assert.equal(sent.code, 1);
    assert.match(sent.output, /was not taken: Nobody has this number\./);
  });

  void test('says what to do when nothing runs', async (t) => {
    const PARTYLINE_DATA = temporaryFolder(t);
    const none = await partyline(['text', '+12125550101', 'hello'], { PARTYLINE_DATA });
    assert.match(none.output, /Partyline does not run here. Start it with npm start/);
    const gone = await partyline(['text', '+12125550101', 'hello'], {
      PARTYLINE_DATA,
      SIMULATOR_URL: 'http://127.0.0.1:1',
    });
    assert.match(gone.output, /does not answer .*Does Partyline run\?/);
    assert.equal(gone.code, 1);
  });
});

void test('partyline tell-again asks the services to tell all that they know', async (t) => {
  const dataDir = temporaryFolder(t);
  const servers = await startServers({ dataDir, env: withoutUrls() });
  t.after(() => servers.stop());
  const env = { PARTYLINE_DATA: dataDir, MONGODB_URL: servers.mongodbUrl };
  const mongo = new MongoClient(servers.mongodbUrl);
  t.after(() => mongo.close());
  const asked = async (/** @type {string} */ service) => {
    const occasion = await mongo.db(`partyline_${service}`).collection('occasions').findOne();
    return occasion && { id: String(occasion._id), isAsked: occasion.asked instanceof Date };
  };
  const one = await partyline(['tell-again', '--service', 'routing'], env);
  assert.equal(one.code, 0);
  assert.match(one.stdout, /routing tells the others again of all inboxes and numbers/);
  assert.deepEqual(await asked('routing'), { id: 'tell-again', isAsked: true });
  assert.equal(await asked('gateway'), null);
  assert.equal((await partyline(['tell-again'], env)).code, 0);
  for (const service of ['gateway', 'inbox']) {
    assert.deepEqual(await asked(service), { id: 'tell-again', isAsked: true });
  }
});

void test('partyline reconcile asks for a comparison, and tells what came of it', async (t) => {
  const dataDir = temporaryFolder(t);
  const servers = await startServers({ dataDir, env: withoutUrls() });
  t.after(() => servers.stop());
  const env = { PARTYLINE_DATA: dataDir, MONGODB_URL: servers.mongodbUrl };
  const none = await partyline(['reconcile', '--list'], env);
  assert.match(none.output, /No carrier account has a carrier whose log can be read/);
  assert.equal(none.code, 1);

  const mongo = new MongoClient(servers.mongodbUrl);
  t.after(() => mongo.close());
  const states = mongo.db('partyline_delivery').collection('reconciliations');
  const counts = { compared: 7, textsHealed: 2, textsMissing: 1, repliesSettled: 3, failures: 0 };
  const nextAt = new Date('2999-01-01');
  const state = { tenantId: 'acme', carrier: 'twilio', accountId: 'main', pass: null, problem: null, nextAt };
  await states.insertOne({ ...state, askedHours: null, last: { ...counts, finishedAt: new Date(0) } });

  const listed = await partyline(['reconcile', '--list'], env);
  assert.match(listed.stdout, /acme {2}twilio account main {2}next 2999-01-01/);
  assert.match(
    listed.stdout,
    /7 compared, 2 texts brought in, 1 texts missing, 3 replies settled, 0 failures/,
  );
  assert.equal((await states.findOne())?.askedHours, null);

  const unknown = await partyline(['reconcile', '--account', 'other'], env);
  assert.match(unknown.output, /There is no carrier account "other"/);
  const wrong = await partyline(['reconcile', '--hours', '721'], env);
  assert.match(wrong.output, /--hours must be a number from 1 to 720, not "721"/);

  const asked = await partyline(['reconcile', '--hours', '24', '--wait-seconds', '0'], env);
  assert.equal(asked.code, 0);
  assert.match(asked.stdout, /1 still at it/);
  const found = await states.findOne();
  assert.equal(found?.askedHours, 24);
  assert.ok(found.nextAt <= new Date(), 'it is due at once');
});

void test('partyline dead lists the letters of all services and publishes them again', async (t) => {
  const dataDir = temporaryFolder(t);
  const servers = await startServers({ dataDir, env: withoutUrls() });
  t.after(() => servers.stop());
  const env = { PARTYLINE_DATA: dataDir, MONGODB_URL: servers.mongodbUrl, NATS_URL: servers.natsUrl };
  assert.match((await partyline(['dead', 'list'], env)).stdout, /No dead letters/);

  const mongo = new MongoClient(servers.mongodbUrl);
  t.after(() => mongo.close());
  const { host, username, password } = new URL(servers.adminNatsUrl);
  const nats = await connect({ servers: host, user: username, pass: password });
  t.after(() => nats.close());
  await (await jetstreamManager(nats)).streams.add({ name: 'routing', subjects: ['routing.>'] });
  const letter = {
    tenantId: 'acme',
    stream: 'routing',
    subject: 'routing.acme.message.routed.v1',
    eventId: 'evt-1',
    payload: '{"id":"evt-1"}',
    headers: { 'Nats-Msg-Id': 'evt-1', traceparent: '00-abc' },
    reason: 'malformed',
    error: 'data.text: expected a string',
    firstAt: new Date('2026-01-01'),
    lastAt: new Date('2026-01-02'),
    count: 3,
  };
  const letters = mongo.db('partyline_inbox').collection('deadLetters');
  await letters.insertMany([
    { ...letter },
    { ...letter, eventId: 'evt-2', stream: 'nowhere', subject: 'nowhere.x' },
  ]);

  const listed = await partyline(['dead', 'list', '--service', 'inbox'], env);
  assert.match(
    listed.stdout,
    /inbox {2}routing\.acme\.message\.routed\.v1 {2}malformed\n.*expected a string\n.*3 times/,
  );
  assert.match(listed.stdout, /2 dead letters\./);

  const id = String((await letters.findOne({ eventId: 'evt-1' }))?._id);
  // The original is still in the window in which the stream throws repeats away.
  await jetstream(nats).publish(letter.subject, letter.payload, { msgID: 'evt-1' });
  const replayed = await partyline(['dead', 'replay', '--id', id], env);
  assert.match(replayed.stdout, /1 message published again/, replayed.output);
  const again = await (
    await jetstreamManager(nats)
  ).streams.getMessage('routing', { last_by_subj: letter.subject });
  assert.ok(again);
  assert.equal(again.seq, 2);
  assert.equal(again.string(), letter.payload);
  assert.equal(again.header.get('traceparent'), '00-abc');
  assert.deepEqual(
    (await letters.find().toArray()).map(({ eventId }) => eventId),
    ['evt-2'],
  );

  const failed = await partyline(['dead', 'replay', '--all'], env);
  assert.equal(failed.code, 1);
  assert.equal(await letters.countDocuments(), 1, 'what was not published is kept');
  assert.match((await partyline(['dead', 'replay', '--id', id], env)).output, /There is no dead letter/);
  const wrong = await partyline(['dead', 'replay', '--all'], { ...env, NATS_ADMIN_PASSWORD: 'wrong' });
  assert.match(wrong.output, /does not let us in/);
});

void describe('partyline doctor', () => {
  void test('says what was found, and that a busy port is a problem', async (t) => {
    const folder = temporaryFolder(t);
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    t.after(() => server.close());
    const address = server.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    const outcome = await partyline(['doctor'], {
      PARTYLINE_DATA: join(folder, 'data'),
      PARTYLINE_PORT: String(port),
    });
    assert.match(outcome.stdout, /^OK +Node +\d+\.\d+/m);
    for (const title of ['npm', 'MongoDB', 'NATS', 'Redis'])
      assert.match(outcome.stdout, new RegExp(`^(OK|note) +${title} `, 'm'));
    assert.match(
      outcome.stdout,
      new RegExp(`^PROBLEM +Port +${port}, for the web app, is held by process ${process.pid} `, 'm'),
    );
    assert.match(outcome.stdout, /End it, or set PARTYLINE_PORT/);
    assert.match(outcome.stdout, /1 problem to mend/);
    assert.equal(outcome.code, 1);
  });

  void test('says what to install where a server cannot be had', async (t) => {
    const folder = temporaryFolder(t);
    mkdirSync(join(folder, 'bin'));
    const outcome = await partyline(['doctor'], {
      PATH: join(folder, 'bin'),
      PARTYLINE_CACHE: join(folder, 'cache'),
      PARTYLINE_DATA: folder,
    });
    assert.match(
      outcome.stdout,
      /^PROBLEM +MongoDB +not found\n +Partyline needs MongoDB 6\.0 or newer: install/m,
    );
    assert.match(outcome.stdout, /^PROBLEM +npm +not on the PATH/m);
  });
});
