import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Controller, type INestApplication } from '@nestjs/common';
import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { BusConnection, EventPublisher, OnEvents, StreamReset, type EventOf } from '@partyline/bus';
import { InboundMessageReceived } from '@partyline/contracts';
import { eventually, startNats, type TestNats } from '@partyline/testing';
import { durableConfig, isAsWanted } from '../src/durable-consumer.js';
import { differsFrom, streamConfig } from '../src/stream-config.js';
import { startBusApp, textEvent, texts } from './bus-app.js';

jest.setTimeout(40_000);

let seen: string[];

@Controller()
class Consumer {
  @OnEvents(InboundMessageReceived, { name: 'texts' })
  received(events: readonly EventOf<typeof InboundMessageReceived>[]): Promise<void> {
    seen.push(...events.map(({ data }) => data.text));
    return Promise.resolve();
  }
}

const PATIENT = { timeoutMs: 20_000 };

describe('the bus recovers', () => {
  let nats: TestNats;
  let apps: INestApplication[];
  let publisher: EventPublisher;
  let created: number;
  let admin: NatsConnection;
  let manager: JetStreamManager;

  const startPublisher = async () => {
    const app = await startBusApp({ service: 'ingest', natsUrl: nats.urls.ingest, publishes: 'ingest' });
    apps.push(app);
    publisher = app.get(EventPublisher);
  };
  const startConsumer = async () => {
    apps.push(
      await startBusApp({ service: 'routing', natsUrl: nats.urls.routing, ackWaitMs: 2_000 }, [Consumer]),
    );
  };
  const publish = async (text: string) => {
    await eventually(async () => {
      const [outcome] = await publisher.publish([textEvent(text)]);
      if (!outcome?.ok) throw outcome?.error ?? new Error('no outcome');
    }, PATIENT);
  };
  const connectAdmin = async () => {
    const { username, password, host } = new URL(nats.url);
    admin = await connect({
      servers: host,
      user: username,
      pass: password,
      maxReconnectAttempts: -1,
      reconnectTimeWait: 100,
    });
    manager = await jetstreamManager(admin, { checkAPI: false, timeout: 1_000 });
  };

  beforeEach(async () => {
    seen = [];
    apps = [];
    created = 0;
    nats = await startNats();
    await connectAdmin();
    await startPublisher();
    apps[0]?.get(StreamReset).onStreamCreated(() => {
      created += 1;
    });
  });

  afterEach(async () => {
    for (const app of apps.reverse()) await app.close();
    await admin.close();
    await nats.stop();
  });

  it('a consumer waits for a stream that is yet to be made', async () => {
    await apps.pop()?.close();
    await manager.streams.delete('ingest');
    await startConsumer();
    await startPublisher();
    await publish('1');
    await eventually(() => expect(seen).toEqual(['1']), PATIENT);
  });

  it('after the stream was deleted: it is made anew, its maker is told, consumers attach again', async () => {
    await startConsumer();
    await publish('1');
    await eventually(() => expect(seen).toEqual(['1']), PATIENT);
    const before = created;
    await manager.streams.delete('ingest');
    await publish('2');
    await eventually(() => expect(seen).toEqual(['1', '2']), PATIENT);
    await eventually(() => expect(created).toBeGreaterThan(before), PATIENT);
  });

  it('after the durable consumer was deleted: everything comes again', async () => {
    await startConsumer();
    await publish('1');
    await eventually(() => expect(seen).toEqual(['1']), PATIENT);
    await manager.consumers.delete('ingest', 'routing-texts');
    await publish('2');
    await eventually(() => expect(seen).toEqual(['1', '1', '2']), PATIENT);
  });

  it('after NATS was killed and came back: nothing is lost, and what was published meanwhile failed visibly', async () => {
    await startConsumer();
    await publish('1');
    await eventually(() => expect(seen).toEqual(['1']), PATIENT);
    await nats.kill();
    await eventually(() => expect(apps[0]?.get(BusConnection).isConnected).toBe(false), PATIENT);
    expect(await publisher.publish([textEvent('2')])).toMatchObject([{ ok: false }]);
    await nats.start();
    await publish('2');
    await eventually(() => expect(seen).toEqual(['1', '2']), PATIENT);
  });

  it("after all of JetStream's files were lost: the stream is made anew and everything attaches again", async () => {
    await startConsumer();
    await publish('1');
    await eventually(() => expect(seen).toEqual(['1']), PATIENT);
    const before = created;
    await nats.restartEmpty();
    await publish('2');
    await eventually(() => expect(seen).toEqual(['1', '2']), PATIENT);
    await eventually(() => expect(created).toBeGreaterThan(before), PATIENT);
  });

  it('after a crash tore the configuration of the stream: its messages are there again, for good', async () => {
    await startConsumer();
    await publish('1');
    await eventually(() => expect(seen).toEqual(['1']), PATIENT);
    await nats.kill();
    // The second of the two files that nats-server writes for each change.
    await writeFile(join(nats.store, 'jetstream/$G/streams/ingest/meta.sum'), '0000000000000000');
    await nats.start();
    await publish('2');
    await eventually(() => expect(seen).toEqual(expect.arrayContaining(['1', '2'])), PATIENT);
    await eventually(async () => {
      const { config } = await manager.streams.info('ingest');
      expect(config.metadata).toMatchObject({ 'partyline.announced': '1' });
    }, PATIENT);
    const { created: before } = await manager.streams.info('ingest');
    await nats.restart();
    const { created: after, state } = await eventually(() => manager.streams.info('ingest'), PATIENT);
    expect([after, state.messages]).toEqual([before, 2]);
  });

  it('what is in order is left alone: neither stream nor consumer is written anew at a start', async () => {
    await startConsumer();
    const stream = await eventually(() => manager.streams.info('ingest'), PATIENT);
    expect(differsFrom(stream.config, streamConfig('ingest', {}))).toBe(false);
    const consumer = await eventually(() => manager.consumers.info('ingest', 'routing-texts'), PATIENT);
    const wanted = durableConfig('routing-texts', [InboundMessageReceived.pattern], 2_000);
    expect(isAsWanted(consumer.config, wanted)).toBe(true);
    expect(isAsWanted(consumer.config, { ...wanted, filter_subjects: ['ingest.*.other.v1'] })).toBe(false);
    expect(isAsWanted(consumer.config, { ...wanted, max_ack_pending: 7 })).toBe(false);
  });

  it('a service starts while NATS is away, and works when it comes', async () => {
    await apps.pop()?.close();
    await nats.kill();
    await startPublisher();
    await startConsumer();
    await nats.start();
    await publish('1');
    await eventually(() => expect(seen).toEqual(['1']), PATIENT);
  });

  it('a service ends at once while NATS is away', async () => {
    await startConsumer();
    await nats.kill();
    await eventually(() => expect(apps[0]?.get(BusConnection).isConnected).toBe(false), PATIENT);
    const started = performance.now();
    await Promise.all(apps.splice(0).map((app) => app.close()));
    expect(performance.now() - started).toBeLessThan(4_000);
    await nats.start();
  });

  it('a restart in the middle of a flood loses nothing', async () => {
    await startConsumer();
    const open = new Set(texts(1, 1_000));
    const flood = () =>
      eventually(
        async () => {
          while (open.size > 0) {
            const batch = [...open].slice(0, 50);
            const outcomes = await publisher.publish(batch.map((text) => textEvent(text)));
            for (const [index, outcome] of outcomes.entries())
              if (outcome.ok) open.delete(batch[index] ?? '');
            if (outcomes.some(({ ok }) => !ok)) return false;
          }
          return true;
        },
        { timeoutMs: 30_000 },
      );
    const flooding = flood();
    await eventually(() => expect(seen.length).toBeGreaterThan(100), { intervalMs: 1 });
    await nats.restart();
    await flooding;
    await eventually(() => expect(new Set(seen)).toEqual(new Set(texts(1, 1_000))), PATIENT);
  });

  it('the maker of a new stream is told again after a crash before it had finished telling', async () => {
    await eventually(async () => {
      const { config } = await manager.streams.info('ingest');
      expect(config.metadata).toMatchObject({ 'partyline.announced': '1' });
    });
    await apps.pop()?.close();
    await manager.streams.delete('ingest');
    let tries = 0;
    await startPublisher();
    apps[0]?.get(StreamReset).onStreamCreated(() => {
      tries += 1;
      return tries < 3 ? Promise.reject(new Error('the database is away')) : undefined;
    });
    await eventually(() => expect(tries).toBe(3));
  });
});
