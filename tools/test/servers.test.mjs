// @ts-check
// The three real servers: found, started, killed, paused, wiped and ended.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { MongoClient } from 'mongodb';
import { choosePorts } from '../src/ports.mjs';
import { isAlive } from '../src/process-table.mjs';
import { firstLine } from '../src/servers/first-line.mjs';
import { SERVER_PORTS, startServers } from '../src/servers/index.mjs';
import { temporaryFolder, until, withoutUrls } from './temporary.mjs';

/** @param {import('../src/servers/index.mjs').RunningServers} servers */
const pids = (servers) => servers.describe().map(({ pid }) => pid ?? 0);

/**
 * @template T
 * @param {string} url
 * @param {(client: MongoClient) => Promise<T>} work
 */
async function withMongodb(url, work) {
  const client = new MongoClient(url);
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}

/**
 * @template T
 * @param {import('../src/servers/index.mjs').RunningServers} servers
 * @param {(connection: import('@nats-io/transport-node').NatsConnection) => Promise<T>} work
 */
async function withNats(servers, work) {
  const { host, username, password } = new URL(servers.adminNatsUrl);
  const connection = await connect({ servers: host, user: username, pass: password });
  try {
    return await work(connection);
  } finally {
    await connection.close();
  }
}

/** @param {string} url */
const askRedis = (url, send = 'PING\r\n', skip = 0) =>
  firstLine({ host: '127.0.0.1', port: Number(new URL(url).port), send, skip });

void describe('the servers', () => {
  void test('serve as production wants them, keep their data over kills, and end', async (t) => {
    const dataDir = temporaryFolder(t);
    const servers = await startServers({ dataDir, env: withoutUrls() });
    t.after(() => servers.stop());

    await withMongodb(servers.mongodbUrl, async (client) => {
      const { setName, isWritablePrimary } = await client.db('admin').command({ hello: 1 });
      assert.deepEqual({ setName, isWritablePrimary }, { setName: 'rs0', isWritablePrimary: true });
      await client
        .db('shop')
        .collection('things')
        .insertOne({ kept: true }, { writeConcern: { w: 'majority', j: true } });
    });
    await withNats(servers, async (connection) => {
      await (await jetstreamManager(connection)).streams.add({ name: 'ingest', subjects: ['ingest.>'] });
      await jetstream(connection).publish('ingest.a', 'one');
    });
    for (const [key, value] of [
      ['appendonly', 'yes'],
      ['appendfsync', 'everysec'],
      ['maxmemory-policy', 'noeviction'],
    ]) {
      // The answer is an array of two bulk strings: *2, $n, name, $m, value.
      assert.equal(await askRedis(servers.redisUrl, `CONFIG GET ${key}\r\n`, 4), value);
    }
    assert.equal(await askRedis(servers.redisUrl, 'SET kept yes\r\n'), '+OK');

    for (const name of /** @type {const} */ (['mongodb', 'nats', 'redis'])) {
      const before = servers.describe().find((one) => one.name === name)?.pid ?? 0;
      if (name === 'redis') await servers.restart(name);
      else {
        await servers.kill(name);
        assert.equal(isAlive(before), false);
        await servers.start(name);
      }
    }
    const kept = await withMongodb(servers.mongodbUrl, (client) =>
      client.db('shop').collection('things').countDocuments(),
    );
    assert.equal(kept, 1);
    assert.equal(await askRedis(servers.redisUrl, 'GET kept\r\n', 1), 'yes');
    const streams = () =>
      withNats(servers, async (connection) => (await jetstreamManager(connection)).streams.list().next());
    assert.deepEqual(
      (await streams()).map(({ state }) => state.messages),
      [1],
    );
    await servers.wipeJetStream();
    assert.deepEqual(await streams(), []);

    await servers.pause('redis');
    await assert.rejects(
      firstLine({
        host: '127.0.0.1',
        port: Number(new URL(servers.redisUrl).port),
        send: 'PING\r\n',
        timeoutMs: 300,
      }),
    );
    await servers.resume('redis');
    assert.equal(await askRedis(servers.redisUrl), '+PONG');

    const all = pids(servers);
    await servers.stop();
    for (const pid of all) assert.equal(isAlive(pid), false);
  });

  void test('MongoDB moves with its data to another port', async (t) => {
    const dataDir = temporaryFolder(t);
    for (const count of [1, 2]) {
      const ports = await choosePorts(SERVER_PORTS);
      const servers = await startServers({ dataDir, ports, env: withoutUrls() });
      t.after(() => servers.stop());
      const seen = await withMongodb(servers.mongodbUrl, async (client) => {
        const things = client.db('shop').collection('things');
        await things.insertOne({});
        return things.countDocuments();
      });
      await servers.stop();
      assert.equal(seen, count);
    }
  });

  void test('end when the process that started them is killed', async (t) => {
    const dataDir = temporaryFolder(t);
    const starter = fileURLToPath(new URL('children/start-servers.mjs', import.meta.url));
    const child = spawn(process.execPath, [starter, dataDir], { env: withoutUrls() });
    const [line] = await once(child.stdout, 'data');
    /** @type {number[]} */
    const started = JSON.parse(String(line));
    assert.equal(started.filter(isAlive).length, 3);
    child.kill('SIGKILL');
    await until('the servers to end', () => started.filter(isAlive).length === 0);
  });

  void test('one given by URL is used as it is, and is not ours to stop', async (t) => {
    const own = await startServers({ dataDir: temporaryFolder(t), env: withoutUrls() });
    t.after(() => own.stop());
    const env = {
      ...withoutUrls(),
      MONGODB_URL: own.mongodbUrl,
      NATS_URL: own.adminNatsUrl,
      REDIS_URL: own.redisUrl,
    };
    const borrowed = await startServers({ dataDir: temporaryFolder(t), env });
    assert.deepEqual(
      borrowed.describe().map(({ source, pid }) => ({ source, pid })),
      Array.from({ length: 3 }, () => ({ source: 'environment', pid: undefined })),
    );
    assert.equal(borrowed.natsUrls.inbox, own.adminNatsUrl);
    assert.ok(borrowed.describe().every(({ place }) => !place.includes(own.secrets.natsPasswords.admin)));
    await assert.rejects(borrowed.kill('redis'), /REDIS_URL, so it is not ours/);
    await borrowed.stop();
    assert.equal(await askRedis(own.redisUrl), '+PONG');

    // The same NATS without credentials in its URL: the passwords decide.
    const bare = { ...env, NATS_URL: own.natsUrl };
    await assert.rejects(
      startServers({ dataDir: temporaryFolder(t), env: bare }),
      /refuses the user ingest. Set NATS_INGEST_PASSWORD/,
    );
    const known = await startServers({ dataDir: temporaryFolder(t), env: bare, secrets: own.secrets });
    assert.equal(known.natsUrls.inbox, own.natsUrls.inbox);
  });

  void test('one that does not start says why', async (t) => {
    const dataDir = temporaryFolder(t);
    const first = await startServers({ dataDir, env: withoutUrls() });
    t.after(() => first.stop());
    // The folder is in use: mongod refuses it.
    await assert.rejects(
      startServers({ dataDir, env: withoutUrls() }),
      /MongoDB ended while it started[^]*mongodb\.log/,
    );
    mkdirSync(join(dataDir, 'logs'), { recursive: true });
    assert.ok(existsSync(join(dataDir, 'logs/mongodb.log')));
  });

  for (const [variable, url, message] of /** @type {const} */ ([
    ['MONGODB_URL', 'http://localhost', /MONGODB_URL must be a URL like mongodb:\/\/host:port/],
    ['NATS_URL', 'nats://127.0.0.1:1', /NATS at nats:\/\/127\.0\.0\.1:1 \(NATS_URL\) does not answer/],
    [
      'REDIS_URL',
      'redis://:secret@127.0.0.1:1',
      /Redis at redis:\/\/127\.0\.0\.1:1 \(REDIS_URL\) does not answer/,
    ],
  ])) {
    void test(`a wrong ${variable} is said in a sentence`, async (t) => {
      const env = { ...withoutUrls(), [variable]: url };
      await assert.rejects(startServers({ dataDir: temporaryFolder(t), env }), message);
    });
  }
});
