import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Controller, type INestApplication } from '@nestjs/common';
import {
  BusHealth,
  currentContext,
  EventPublisher,
  OnEvents,
  type EventOf,
  type Settlement,
} from '@partyline/bus';
import { CarrierStatusReceived, InboundMessageReceived } from '@partyline/contracts';
import { eventually, startNats, type TestNats } from '@partyline/testing';
import { OwnStream } from '../src/own-stream.js';
import { envelopeOf, MemoryDeadLetters, startBusApp, textEvent, texts } from './bus-app.js';

jest.setTimeout(40_000);

type Received = EventOf<typeof InboundMessageReceived>;
type Handler = (events: readonly Received[]) => Promise<void | readonly Settlement[]>;

let handle: Handler;
let batches: Received[][];

@Controller()
class Consumer {
  @OnEvents(InboundMessageReceived, { batch: 10 })
  received(events: readonly Received[]): Promise<void | readonly Settlement[]> {
    batches.push([...events]);
    return handle(events);
  }
}

const seen = () => batches.flat().map(({ data }) => data.text);

describe('a durable consumer', () => {
  let nats: TestNats;
  let publisherApp: INestApplication;
  let consumerApp: INestApplication | undefined;
  let publisher: EventPublisher;
  let deadLetters: MemoryDeadLetters;

  const startConsumer = async () => {
    const options = {
      service: 'routing',
      natsUrl: nats.urls.routing,
      publishes: 'routing',
      ackWaitMs: 2_000,
    } as const;
    consumerApp = await startBusApp(options, [Consumer], deadLetters);
  };

  beforeEach(async () => {
    batches = [];
    handle = () => Promise.resolve();
    deadLetters = new MemoryDeadLetters();
    nats = await startNats();
    publisherApp = await startBusApp({ service: 'ingest', natsUrl: nats.urls.ingest, publishes: 'ingest' });
    // The stream first: what is published while it is being made is sent once more, behind what came later.
    await publisherApp.get(OwnStream).ensure();
    publisher = publisherApp.get(EventPublisher);
  });

  afterEach(async () => {
    await consumerApp?.close();
    await publisherApp.close();
    await nats.stop();
  });

  it('gets every event once, in order, in batches when there are many', async () => {
    const outcomes = await publisher.publish(texts(1, 100).map((text) => textEvent(text)));
    expect(outcomes).toEqual(texts(1, 100).map(() => ({ ok: true, duplicate: false })));
    await startConsumer();
    await eventually(() => expect(seen()).toEqual(texts(1, 100)));
    expect(Math.max(...batches.map(({ length }) => length))).toBe(10);
  });

  it('gets a single event at once, with its correlation id', async () => {
    const contexts: string[] = [];
    handle = () => {
      contexts.push(currentContext().correlationId);
      return Promise.resolve();
    };
    await startConsumer();
    await publisher.publish([textEvent('warm')]);
    await eventually(() => expect(seen()).toEqual(['warm']));
    const started = performance.now();
    await publisher.publish([textEvent('one', 'co_of_one')]);
    await eventually(() => expect(seen()).toEqual(['warm', 'one']), { intervalMs: 2 });
    expect(performance.now() - started).toBeLessThan(500);
    expect(contexts).toEqual(['co_warm', 'co_of_one']);
  });

  it('tells a repeated event by its id and does not deliver it twice', async () => {
    await startConsumer();
    await publisher.publish([textEvent('1')]);
    expect(await publisher.publish([textEvent('1')])).toEqual([{ ok: true, duplicate: true }]);
    await publisher.publish([textEvent('2')]);
    await eventually(() => expect(seen()).toEqual(['1', '2']));
  });

  it('gets an event again with backoff until its handler resolves, and the others meanwhile', async () => {
    let failures = 0;
    handle = (events) => {
      if (events.some(({ data }) => data.text === '3') && failures < 3) {
        failures += 1;
        return Promise.reject(new Error('not now'));
      }
      return Promise.resolve();
    };
    await publisher.publish(texts(1, 8).map((text) => textEvent(text)));
    await startConsumer();
    await eventually(() => expect(failures).toBe(3));
    await eventually(() => expect(seen().filter((text) => text === '3').length).toBeGreaterThan(3));
    const alone = batches.filter((batch) => batch.length === 1).map(([event]) => event?.data.text);
    expect(alone).toEqual(expect.arrayContaining(texts(1, 8)));
  });

  it('settles each event of a batch by its own settlement', async () => {
    const tries = new Map<string, number>();
    handle = (events) => {
      const settlements = events.map(({ data }): Settlement => {
        const count = (tries.get(data.text) ?? 0) + 1;
        tries.set(data.text, count);
        if (data.text === 'later' && count === 1) return { kind: 'retry', delayMs: 50 };
        if (data.text === 'never') return { kind: 'dead', reason: 'no-such-thing' };
        return { kind: 'ack' };
      });
      return Promise.resolve(settlements);
    };
    await publisher.publish(['now', 'later', 'never'].map((text) => textEvent(text)));
    await startConsumer();
    await eventually(() =>
      expect(tries).toEqual(
        new Map([
          ['now', 1],
          ['later', 2],
          ['never', 1],
        ]),
      ),
    );
    await eventually(() => expect(deadLetters.letters).toHaveLength(1));
    expect(deadLetters.letters[0]).toMatchObject({
      id: 'ev_never',
      eventId: 'ev_never',
      tenantId: 'demo',
      stream: 'ingest',
      subject: 'ingest.demo.message.received.v1',
      consumer: 'routing-received',
      reason: 'no-such-thing',
    });
  });

  it('puts what it cannot read into the dead letters and goes on', async () => {
    const wrong = textEvent('wrong');
    await publisher.publish([
      textEvent('1'),
      { ...wrong, envelope: { ...wrong.envelope, data: { text: 7 } } },
      { ...textEvent('v2'), envelope: { ...textEvent('v2').envelope, version: 2 } },
      textEvent('2'),
    ]);
    await startConsumer();
    await eventually(() => expect(seen()).toEqual(['1', '2']));
    await eventually(() => expect(deadLetters.letters).toHaveLength(2));
    expect(deadLetters.letters.map(({ id, reason }) => [id, reason])).toEqual([
      ['ev_wrong', 'malformed'],
      ['ev_v2', 'unknown-event'],
    ]);
    expect(JSON.parse(deadLetters.letters[0]?.payload ?? '')).toMatchObject({
      id: 'ev_wrong',
      data: { text: 7 },
    });
  });

  it('does not let go of what it cannot read before it stands in the dead letters', async () => {
    const wrong = textEvent('wrong');
    deadLetters.failing = true;
    await publisher.publish([{ ...wrong, envelope: { ...wrong.envelope, data: {} } }, textEvent('1')]);
    await startConsumer();
    await eventually(() => expect(seen()).toEqual(['1']));
    deadLetters.failing = false;
    await eventually(() => expect(deadLetters.letters.map(({ id }) => id)).toEqual(['ev_wrong']));
  });

  it('keeps an event that takes longer than the acknowledgement may', async () => {
    let release = () => {};
    handle = () =>
      new Promise((resolve) => {
        release = resolve;
      });
    await startConsumer();
    const started = performance.now();
    await publisher.publish([textEvent('slow')]);
    // Twice the 2 s after which JetStream would deliver it again.
    await eventually(() => performance.now() - started > 4_500);
    expect(seen()).toEqual(['slow']);
    release();
  });

  it('acknowledges only what its handler has finished', async () => {
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    handle = () => released;
    await startConsumer();
    await publisher.publish(texts(1, 3).map((text) => textEvent(text)));
    const lags = () => consumerApp?.get(BusHealth).lags();
    const consumer = 'routing-received';
    await eventually(async () =>
      expect(await lags()).toMatchObject([{ consumer, pending: 0, unacknowledged: 3 }]),
    );
    release();
    await eventually(async () =>
      expect(await lags()).toMatchObject([{ consumer, pending: 0, unacknowledged: 0 }]),
    );
  });

  it('leaves nothing out and repeats nothing when it is stopped and another takes over', async () => {
    await startConsumer();
    const publishing = publisher.publish(texts(1, 400).map((text) => textEvent(text)));
    await eventually(() => expect(seen().length).toBeGreaterThan(50), { intervalMs: 1 });
    await consumerApp?.close();
    await startConsumer();
    await publishing;
    await eventually(() => expect(new Set(seen())).toEqual(new Set(texts(1, 400))));
    expect(seen()).toHaveLength(400);
  });

  it('gets only the events it names', async () => {
    await startConsumer();
    const status = {
      receiptId: 'rc',
      carrier: 'simulator',
      accountId: 'demo-simulator',
      providerMessageId: 'p',
      status: 'delivered' as const,
      errorClass: null,
      rawCode: null,
      description: null,
      receivedAt: '2026-11-23T18:00:00.000Z',
    };
    const envelope = envelopeOf(CarrierStatusReceived.type, status);
    await publisher.publish([{ subject: CarrierStatusReceived.subject('demo'), envelope }, textEvent('1')]);
    await eventually(() => expect(seen()).toEqual(['1']));
    expect(deadLetters.letters).toEqual([]);
  });
});
