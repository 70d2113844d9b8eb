import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { GetCounts, ListInboxes, type CallDefinition } from '@partyline/contracts';
import type { Principal } from '../../domain/account.js';
import { FixedClock } from '@partyline/testing';
import type { StreamExtent } from '../../domain/stream-position.js';
import { Services, type Answer } from '../services.js';
import { Principals } from '../sessions/principals.js';
import { GapReader, type FeedItem, type Gap } from './feed.js';
import { LiveHub } from './live-hub.js';
import { LiveSink } from './live-sink.js';
import { Presence } from './presence.js';

Logger.overrideLogger(false);

class OneInbox extends Services {
  asked: string[] = [];
  query<Q, V>({ pattern }: CallDefinition<Q, Answer<V>>): Promise<V> {
    this.asked.push(pattern);
    const inbox = { id: 'sales', name: 'Sales', kind: 'shared', numbers: [], memberIds: ['ada'], counts: {} };
    return Promise.resolve((pattern === ListInboxes.pattern ? [inbox] : { sales: {} }) as V);
  }
  command(): Promise<never> {
    return Promise.reject(new Error('not part of this'));
  }
}

class Gaps extends GapReader {
  items: (FeedItem | 'lost')[] = [];
  failure: Error | undefined;
  /** Runs between two items, as time passes while a gap is read. */
  meanwhile: () => void = () => undefined;
  extent(): Promise<StreamExtent> {
    return Promise.resolve({ creation: '7', first: 1, last: 100 });
  }
  async *read(_gap: Gap): AsyncIterable<FeedItem | 'lost'> {
    for (const item of this.items) {
      yield item;
      this.meanwhile();
    }
    if (this.failure) throw this.failure;
    await Promise.resolve();
  }
}

class Sink extends LiveSink {
  readonly frames: string[] = [];
  private readonly ending = new AbortController();
  readonly gone: AbortSignal = this.ending.signal;
  send(frame: string): void {
    this.frames.push(frame);
  }
  drained(): Promise<void> {
    return Promise.resolve();
  }
  end(): void {
    this.ending.abort();
  }
  ids(): string[] {
    return this.frames
      .filter((frame) => frame.includes('event: cursor'))
      .map((frame) => /"cursor":(\d+)/.exec(frame)?.[1] ?? '');
  }
  events(): string[] {
    return this.frames.map((frame) => /event: (\w+)/.exec(frame)?.[1] ?? '');
  }
}

class Known extends Principals {
  found: Principal | null = ada;
  find(): Promise<Principal | null> {
    return Promise.resolve(this.found);
  }
  forgetUser(): void {}
  forgetTenant(): void {}
  forgetSession(): void {}
}

const ada: Principal = { tenantId: 't', userId: 'ada', name: 'Ada', sessionId: 's', permissions: ['view'] };
/** The smallest item; what it is does not matter to how it is delivered. */
const item = (sequence: number): FeedItem => ({
  kind: 'cursor',
  sequence,
  tenantId: 't',
  inboxId: 'sales',
  userId: 'ada',
  conversationId: 'c',
  cursor: sequence,
});

describe('listening', () => {
  let services: OneInbox;
  let gaps: Gaps;
  let known: Known;
  let hub: LiveHub;

  beforeEach(() => {
    jest.useFakeTimers();
    services = new OneInbox();
    gaps = new Gaps();
    known = new Known();
    hub = new LiveHub(services, gaps, known, new Presence(new FixedClock()));
    hub.attach({ creation: '7', sequence: 50 });
  });
  afterEach(() => {
    hub.close();
    jest.useRealTimers();
  });

  const listen = async (lastEventId?: string): Promise<Sink> => {
    const sink = new Sink();
    await hub.listen(ada, lastEventId, () => sink);
    return sink;
  };

  it('joins what was missed with what happens meanwhile, without a gap or a duplicate', async () => {
    gaps.items = [item(48), item(49), item(50), item(51)];
    let live = 51;
    gaps.meanwhile = () => {
      hub.advance(live, item(live));
      live += 1;
    };
    const sink = await listen('7-47');
    hub.advance(live, item(live));
    expect(sink.ids()).toEqual(['48', '49', '50', '51', '52', '53', '54', '55']);
    expect(sink.events()[0]).toBe('ready');
    expect(sink.frames[0]).toContain('"position":"7-47"');
  });

  it('says reset where the gap is not all there any more', async () => {
    gaps.items = [item(48), 'lost'];
    const sink = await listen('7-47');
    hub.advance(51, item(51));
    expect(sink.events()).toEqual(['ready', 'cursor', 'reset', 'cursor']);
    expect(sink.frames[2]).toContain('"position":"7-50"');
  });

  it('ends a stream whose gap cannot be read, rather than skip it', async () => {
    gaps.items = [item(48)];
    gaps.failure = new Error('the bus is away');
    const sink = await listen('7-47');
    expect(sink.gone.aborted).toBe(true);
    expect(sink.ids()).toEqual(['48']);
  });

  it('says reset to everybody when the stream is another one', async () => {
    const sink = await listen();
    hub.attach({ creation: '8', sequence: 3 });
    hub.advance(4, item(4));
    expect(sink.events()).toEqual(['ready', 'reset', 'cursor']);
    expect(sink.frames[1]).toContain('id: 8-3\n');
  });

  it('beats every 15 seconds, and ends with its session', async () => {
    const sink = await listen();
    await jest.advanceTimersByTimeAsync(15_000);
    expect(sink.events()).toEqual(['ready', 'heartbeat']);
    known.found = null;
    await jest.advanceTimersByTimeAsync(15_000);
    expect(sink.gone.aborted).toBe(true);
    expect(hub.isWatched('t')).toBe(false);
  });

  it('asks for counts once per burst, and at most every 200 ms', async () => {
    await listen();
    const asked = (): number => services.asked.filter((pattern) => pattern === GetCounts.pattern).length;
    for (let sequence = 51; sequence < 151; sequence += 1) hub.advance(sequence, item(sequence));
    await jest.advanceTimersByTimeAsync(50);
    expect(asked()).toBe(1);
    hub.advance(151, item(151));
    await jest.advanceTimersByTimeAsync(100);
    expect(asked()).toBe(1);
    await jest.advanceTimersByTimeAsync(100);
    expect(asked()).toBe(2);
  });

  it('is refused while the inbox stream is not being read, past 20 windows, and when closing', async () => {
    const early = new LiveHub(services, gaps, known, new Presence(new FixedClock()));
    await expect(early.listen(ada, undefined, () => new Sink())).rejects.toMatchObject({
      refusal: { code: 'UNAVAILABLE' },
    });
    const sinks = await Promise.all(Array.from({ length: 20 }, () => listen()));
    await expect(listen()).rejects.toMatchObject({ refusal: { code: 'RATE_LIMITED' } });
    sinks[0]?.end();
    await expect(listen()).resolves.toBeInstanceOf(Sink);
    hub.close();
    expect(sinks.every(({ gone }) => gone.aborted)).toBe(true);
    await expect(listen()).rejects.toMatchObject({ refusal: { code: 'UNAVAILABLE' } });
  });

  it('looks again at what is seen for a while after a change, but tells of it once', async () => {
    const sink = await listen();
    hub.directoryChanged('t');
    await jest.advanceTimersByTimeAsync(10_000);
    expect(sink.events().filter((event) => event === 'directory')).toHaveLength(1);
    expect(services.asked.filter((pattern) => pattern === ListInboxes.pattern)).toHaveLength(4);
  });

  it('looks soon again when something changes while it still looks', async () => {
    const sink = await listen();
    const told = (): number => sink.events().filter((event) => event === 'directory').length;
    hub.directoryChanged('t');
    await jest.advanceTimersByTimeAsync(1_500);
    expect(told()).toBe(1);
    hub.directoryChanged('t');
    await jest.advanceTimersByTimeAsync(200);
    expect(told()).toBe(2);
  });
});
