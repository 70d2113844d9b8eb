import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { INestApplication } from '@nestjs/common';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import {
  CallUnavailable,
  EventPublisher,
  OrderedReader,
  type ReadEvent,
  type ReadOptions,
  type ReadReset,
} from '@partyline/bus';
import { UserChanged } from '@partyline/contracts';
import { eventually, startNats, type TestNats } from '@partyline/testing';
import { envelopeOf, startBusApp } from './bus-app.js';

jest.setTimeout(40_000);

const PATIENT = { timeoutMs: 20_000 };

/** One service publishes and reads its own stream, as the gateway does with `accounts`. */
describe('an ordered reader', () => {
  let nats: TestNats;
  let app: INestApplication;
  let reader: OrderedReader;
  let ending: AbortController;
  let reading: Promise<void>[];

  const publish = async (...names: string[]) => {
    const events = names.map((name) => ({
      subject: UserChanged.subject('demo'),
      envelope: envelopeOf(UserChanged.type, {
        revision: 1,
        userId: name,
        name,
        email: `${name}@example.com`,
        roleId: 'member',
        permissions: [],
        active: true,
        availability: 'available' as const,
      }),
    }));
    await eventually(async () => {
      const outcomes = await app.get(EventPublisher).publish(events);
      expect(outcomes.every(({ ok }) => ok)).toBe(true);
    }, PATIENT);
  };

  const read = (options: ReadOptions = {}): (ReadEvent | ReadReset)[] => {
    const items: (ReadEvent | ReadReset)[] = [];
    const follow = async () => {
      for await (const item of reader.read('accounts', { ...options, signal: ending.signal }))
        items.push(item);
    };
    reading.push(follow());
    return items;
  };

  const names = (items: readonly (ReadEvent | ReadReset)[]) =>
    items.map((item) => (item.kind === 'event' ? UserChanged.parse(item.envelope).data.name : item.kind));

  const deleteStream = async () => {
    const { username, password, host } = new URL(nats.url);
    const admin = await connect({ servers: host, user: username, pass: password });
    await (await jetstreamManager(admin, { checkAPI: false })).streams.delete('accounts');
    await admin.close();
  };

  beforeEach(async () => {
    ending = new AbortController();
    reading = [];
    nats = await startNats();
    app = await startBusApp({ service: 'gateway', natsUrl: nats.urls.gateway, publishes: 'accounts' });
    reader = app.get(OrderedReader);
    await publish('first');
  });

  afterEach(async () => {
    ending.abort();
    await Promise.all(reading);
    await app.close();
    await nats.stop();
  });

  it('replays from a sequence and goes on live, in order', async () => {
    await publish('b', 'c');
    const items = read({ startSequence: 2 });
    await eventually(() => expect(names(items)).toEqual(['b', 'c']));
    await publish('d');
    await eventually(() => expect(names(items)).toEqual(['b', 'c', 'd']));
    const created = await reader.streamCreated('accounts');
    expect(items).toMatchObject(
      [2, 3, 4].map((sequence) => ({ kind: 'event', sequence, streamCreated: created })),
    );
    expect(await reader.lastSequence('accounts')).toBe(4);
  });

  it('without a sequence starts with what comes', async () => {
    const items = read();
    await eventually(async () => {
      await publish('new');
      expect(items.length).toBeGreaterThan(0);
    });
    expect(names(items)).not.toContain('first');
  });

  it('tells a reset when asked to go on in another creation of the stream, or beyond its end', async () => {
    const other = read({ startSequence: 1, streamCreated: '1' });
    const beyond = read({ startSequence: 99 });
    await eventually(() => expect([names(other), names(beyond)]).toEqual([['reset'], ['reset']]));
    await publish('next');
    await eventually(() =>
      expect([names(other), names(beyond)]).toEqual([
        ['reset', 'next'],
        ['reset', 'next'],
      ]),
    );
  });

  it('tells a reset when the stream is deleted and made anew, and goes on with the new one', async () => {
    const items = read({ startSequence: 1 });
    await eventually(() => expect(names(items)).toEqual(['first']));
    const before = await reader.streamCreated('accounts');
    await deleteStream();
    await publish('lost in the reset, or read');
    await eventually(() => expect(names(items)).toContain('reset'), PATIENT);
    await publish('after');
    await eventually(() => expect(names(items)).toContain('after'), PATIENT);
    expect(items.at(-1)?.streamCreated).not.toBe(before);
  });

  it('goes on without a gap after NATS was killed and came back', async () => {
    const items = read({ startSequence: 1 });
    await eventually(() => expect(names(items)).toEqual(['first']));
    await nats.restart();
    await publish('b');
    await publish('c');
    await eventually(() => expect([...new Set(names(items))]).toEqual(['first', 'b', 'c']), PATIENT);
    const sequences = items.flatMap((item) => (item.kind === 'event' ? [item.sequence] : []));
    expect(sequences).toEqual([...sequences].sort((a, b) => a - b));
  });

  it('says where a stream stands only where there is one', async () => {
    await expect(reader.position('inbox')).rejects.toThrow(CallUnavailable);
    expect(await reader.position('accounts')).toMatchObject({ firstSequence: 1, lastSequence: 1 });
  });
});
