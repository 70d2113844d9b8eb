// @ts-check
// infra/nats/permissions.conf on the real server: each service can do what it must, and is refused the rest.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { rmSync } from 'node:fs';
import { AckPolicy, DeliverPolicy, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { choosePorts } from '../src/ports.mjs';
import { SERVER_PORTS, startServers } from '../src/servers/index.mjs';
import { temporaryFolder, withoutUrls } from './temporary.mjs';

/** Which streams each service reads, and to whom it sends commands. */
const RULES = /** @type {const} */ ({
  ingest: { own: 'ingest', reads: ['inbox', 'delivery'], commands: [] },
  routing: { own: 'routing', reads: ['ingest', 'accounts'], commands: ['gateway'] },
  inbox: {
    own: 'inbox',
    reads: ['routing', 'delivery', 'accounts'],
    commands: ['routing', 'ingest', 'delivery', 'notify'],
  },
  delivery: { own: 'delivery', reads: ['inbox', 'ingest'], commands: ['ingest', 'routing'] },
  notify: {
    own: 'notify',
    reads: ['inbox', 'accounts', 'routing'],
    commands: ['inbox', 'ingest', 'delivery', 'gateway'],
  },
  gateway: {
    own: 'accounts',
    reads: ['inbox', 'notify', 'delivery', 'routing', 'accounts'],
    commands: ['ingest', 'routing', 'inbox', 'delivery', 'notify', 'gateway'],
  },
});
const SERVICES = /** @type {(keyof typeof RULES)[]} */ (Object.keys(RULES));
const STREAMS = SERVICES.map((service) => RULES[service].own);

/** @typedef {import('@nats-io/transport-node').NatsConnection} Connection */

const dataDir = temporaryFolder();
/** @type {import('../src/servers/index.mjs').RunningServers} */
let servers;
/** @type {import('../src/servers/index.mjs').ServerPorts} */
let ports;
/** @type {Map<string, Connection>} */
const connections = new Map();

/** @param {string} user */
const as = (user) => /** @type {Connection} */ (connections.get(user));

/** @param {string} user */
async function signIn(user, password = servers.secrets.natsPasswords[/** @type {'admin'} */ (user)]) {
  return connect({
    servers: servers.natsUrl.slice('nats://'.length),
    user,
    pass: password,
    inboxPrefix: `_INBOX_${user}`,
  });
}

before(async () => {
  ports = await choosePorts(SERVER_PORTS);
  servers = await startServers({ dataDir, ports, env: withoutUrls() });
  for (const user of [...SERVICES, 'admin']) connections.set(user, await signIn(user));
  for (const service of SERVICES) {
    const manager = await jetstreamManager(as(service), { checkAPI: false });
    const { own } = RULES[service];
    await manager.streams.add({ name: own, subjects: [`${own}.>`] });
    await manager.streams.update(own, { subjects: [`${own}.>`], description: 'its own' });
  }
});

after(async () => {
  for (const connection of connections.values()) await connection.close();
  await servers.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

/**
 * @param {Promise<unknown>} work
 * @param {string} what
 */
const isRefused = (work, what) => assert.rejects(work, /permissions violation/i, `${what} should be refused`);

/**
 * @param {Connection} connection
 * @param {string} subject
 */
const ask = (connection, subject) => connection.request(subject, '{}', { timeout: 2_000 });

/**
 * As libs/bus makes its consumers.
 * @param {Connection} connection
 * @param {string} stream
 * @param {{ name: string } & Record<string, unknown>} config
 */
async function makeConsumer(connection, stream, config) {
  const body = JSON.stringify({ stream_name: stream, config, action: '' });
  const answer = await connection.request(`$JS.API.CONSUMER.CREATE.${stream}.${config.name}`, body, {
    timeout: 2_000,
  });
  assert.equal(answer.json().error?.description, undefined);
}

/**
 * A subscription is refused asynchronously: on the subscription itself.
 * @param {Connection} connection
 * @param {string} subject
 * @param {string} [queue]
 */
async function subscribing(connection, subject, queue) {
  /** @type {Error | undefined} */
  let refusal;
  const subscription = connection.subscribe(subject, {
    ...(queue ? { queue } : {}),
    callback: (error) => {
      refusal ??= error ?? undefined;
    },
  });
  await connection.flush();
  if (!subscription.isClosed()) subscription.unsubscribe();
  if (refusal) throw refusal;
}

void describe('the bus', () => {
  void test('flushes every acknowledged write', async () => {
    const config = await fetch(`http://127.0.0.1:${ports.natsMonitor}/jsz?config=true`);
    const { config: jetStream } = /** @type {any} */ (await config.json());
    assert.equal(jetStream.sync_always, true);
  });

  void test('lets nobody in without a password, or with a wrong one', async () => {
    await assert.rejects(signIn('inbox', 'wrong'), /authorization violation/i);
    await assert.rejects(
      connect({ servers: servers.natsUrl.slice('nats://'.length) }),
      /authorization violation/i,
    );
  });
});

for (const service of SERVICES) {
  const { own, reads, commands } = RULES[service];
  const others = SERVICES.filter((one) => one !== service);

  void describe(service, () => {
    void test('publishes under its own first token only', async () => {
      const js = jetstream(as(service));
      const ack = await js.publish(`${own}.acme.thing.happened.v1`, '{}', { msgID: `${service}-1` });
      assert.equal(ack.stream, own);
      for (const stream of STREAMS.filter((one) => one !== own)) {
        await isRefused(js.publish(`${stream}.acme.thing.happened.v1`, '{}'), `publishing on ${stream}`);
      }
    });

    void test('reads its streams: consumers and acks', async () => {
      const admin = jetstream(as('admin'));
      for (const stream of reads) {
        await admin.publish(`${stream}.acme.one.v1`, '{}');
        await admin.publish(`${stream}.acme.two.v1`, '{}');
        const name = `${service}-test`;
        await makeConsumer(as(service), stream, {
          name,
          durable_name: name,
          ack_policy: AckPolicy.Explicit,
          filter_subjects: [`${stream}.*.one.v1`, `${stream}.*.two.v1`],
        });
        const consumer = await jetstream(as(service)).consumers.get(stream, name);
        const messages = await consumer.fetch({ max_messages: 2, expires: 5_000 });
        let seen = 0;
        for await (const message of messages) {
          message.working();
          assert.equal(await message.ackAck(), true);
          seen += 1;
          if (seen === 2) break;
        }
        const state = await consumer.info();
        assert.equal(state.num_ack_pending, 0);
      }
    });

    void test('reads without acks, by a consumer that lives no longer than it is used', async () => {
      for (const stream of reads) {
        const name = `${service}-reader-test`;
        await makeConsumer(as(service), stream, {
          name,
          ack_policy: AckPolicy.None,
          deliver_policy: DeliverPolicy.All,
          mem_storage: true,
        });
        const reader = await jetstream(as(service)).consumers.get(stream, name);
        const first = await reader.next({ expires: 5_000 });
        assert.equal(first?.seq, 1);
      }
    });

    void test('does not read other streams, nor any stream past its consumers', async () => {
      const connection = as(service);
      for (const stream of STREAMS.filter((one) => !reads.some((read) => read === one))) {
        await isRefused(ask(connection, `$JS.API.CONSUMER.CREATE.${stream}.spy`), `a consumer on ${stream}`);
        await isRefused(ask(connection, `$JS.API.CONSUMER.MSG.NEXT.${stream}.spy`), `pulling from ${stream}`);
      }
      for (const stream of STREAMS) {
        await isRefused(ask(connection, `$JS.API.STREAM.MSG.GET.${stream}`), `getting from ${stream}`);
        await isRefused(ask(connection, `$JS.API.DIRECT.GET.${stream}`), `getting directly from ${stream}`);
        await isRefused(ask(connection, `$JS.API.CONSUMER.DELETE.${stream}.spy`), `forgetting on ${stream}`);
        await isRefused(subscribing(connection, `${stream}.>`), `subscribing to ${stream}`);
      }
      await isRefused(subscribing(connection, '>'), 'subscribing to everything');
      await isRefused(subscribing(connection, '$JS.API.>'), 'listening in on the API');
    });

    void test('deletes and purges nothing, and touches no configuration but its own', async () => {
      const connection = as(service);
      for (const stream of STREAMS) {
        await isRefused(ask(connection, `$JS.API.STREAM.DELETE.${stream}`), `deleting ${stream}`);
        await isRefused(ask(connection, `$JS.API.STREAM.PURGE.${stream}`), `purging ${stream}`);
        await isRefused(ask(connection, `$JS.API.STREAM.MSG.DELETE.${stream}`), `deleting from ${stream}`);
        if (stream === own) continue;
        await isRefused(ask(connection, `$JS.API.STREAM.UPDATE.${stream}`), `changing ${stream}`);
        await isRefused(ask(connection, `$JS.API.STREAM.CREATE.${stream}`), `making ${stream}`);
      }
      await isRefused(ask(connection, '$JS.API.STREAM.CREATE.another'), 'making another stream');
      await isRefused(ask(connection, '$SYS.REQ.SERVER.PING'), 'the system account');
    });

    void test('sends commands to those it needs, and only to them', async () => {
      for (const target of SERVICES) {
        const subject = `cmd.${target}.test.v1`;
        if (!commands.some((name) => name === target)) {
          await isRefused(ask(as(service), subject), `commanding ${target}`);
          continue;
        }
        const answering = as(target).subscribe(subject, {
          queue: target,
          callback: (_error, message) => {
            message.respond('done');
          },
        });
        await as(target).flush();
        const answer = await ask(as(service), subject);
        assert.equal(answer.string(), 'done');
        answering.unsubscribe();
      }
    });

    void test('answers its own commands in its queue group, and hears no other service', async () => {
      await subscribing(as(service), `cmd.${service}.>`, service);
      await isRefused(subscribing(as(service), `cmd.${service}.>`), 'answering outside of the queue group');
      for (const other of others) {
        await isRefused(subscribing(as(service), `cmd.${other}.>`, other), `answering for ${other}`);
        await isRefused(subscribing(as(service), `_INBOX_${other}.>`), `hearing the answers to ${other}`);
      }
    });
  });
}
