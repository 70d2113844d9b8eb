import { beforeAll, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { defineEvent, type Envelope } from '@partyline/contracts';
import { z } from 'zod';
import { BatchSettler, type BatchSettlerOptions } from './batch-settler.js';
import { SilentBusObserver } from './bus-observer.js';
import { currentContext } from './context.js';
import { DeadLetters, type DeadLetter } from './dead-letters.js';
import type { IncomingMessage } from './incoming-event.js';

const Happened = defineEvent('routing', 'thing.happened', 1, z.object({ name: z.string() }));

class Letters extends DeadLetters {
  readonly kept: DeadLetter[] = [];
  override store(letter: DeadLetter): Promise<void> {
    this.kept.push(letter);
    return Promise.resolve();
  }
}

const envelope = (name: string) => ({
  id: `ev_${name}`,
  type: Happened.type,
  version: 1,
  occurredAt: '2026-11-23T18:00:00.000Z',
  tenantId: 'demo',
  aggregateId: 'a',
  actor: { kind: 'system', id: 'test' },
  correlationId: `co_${name}`,
  data: { name },
});

function message(name: string, told: string[], over: Partial<IncomingMessage> = {}): IncomingMessage {
  return {
    subject: Happened.subject('demo'),
    data: new TextEncoder().encode(JSON.stringify(envelope(name))),
    headers: undefined,
    info: { stream: 'routing', deliveryCount: 1, pending: 0 },
    ack: () => told.push(`ack ${name}`),
    nak: (delay) => told.push(`nak ${name} ${delay}`),
    term: () => told.push(`term ${name}`),
    working: () => told.push(`working ${name}`),
    ...over,
  };
}

type Handle = BatchSettlerOptions['handle'];

function settlerOf(handle: Handle, deadLetters: DeadLetters = new Letters()): BatchSettler {
  return new BatchSettler({
    consumer: 'test-things',
    definitions: [Happened],
    handle,
    deadLetters,
    observer: new SilentBusObserver(),
    random: () => 0.5,
  });
}

const namesOf = (events: readonly Envelope[]) => events.map(({ data }) => (data as { name: string }).name);

describe('a batch', () => {
  beforeAll(() => Logger.overrideLogger(false));

  it('is acknowledged after its handler resolved', async () => {
    const told: string[] = [];
    await settlerOf((events) => {
      told.push(`handled ${namesOf(events).join(' ')}`);
      return Promise.resolve();
    }).settle(['a', 'b'].map((name) => message(name, told)));
    expect(told).toEqual(['handled a b', 'ack a', 'ack b']);
  });

  it('of one that fails comes again after a delay that grows with its tries', async () => {
    const told: string[] = [];
    const settler = settlerOf(() => Promise.reject(new Error('no')));
    for (const deliveryCount of [1, 2, 8]) {
      await settler.settle([message('a', told, { info: { stream: 'routing', deliveryCount, pending: 0 } })]);
    }
    expect(told).toEqual(['nak a 250', 'nak a 500', 'nak a 30000']);
  });

  it('that fails is tried one by one, so that one bad event holds up no other', async () => {
    const told: string[] = [];
    const tries: string[] = [];
    await settlerOf((events) => {
      tries.push(namesOf(events).join(' '));
      return namesOf(events).includes('b') ? Promise.reject(new Error('b is bad')) : Promise.resolve();
    }).settle(['a', 'b', 'c'].map((name) => message(name, told)));
    expect(tries).toEqual(['a b c', 'a', 'b', 'c']);
    expect(told).toEqual(['ack a', 'nak b 250', 'ack c']);
  });

  it('where everything fails is not tried to its end: the rest comes again together', async () => {
    const told: string[] = [];
    let tries = 0;
    await settlerOf(() => {
      tries += 1;
      return Promise.reject(new Error('the database is away'));
    }).settle(['a', 'b', 'c', 'd', 'e'].map((name) => message(name, told)));
    expect(tries).toBe(4);
    expect(told).toEqual(['a', 'b', 'c', 'd', 'e'].map((name) => `nak ${name} 250`));
  });

  it('with settlements of the wrong number is a fault of its handler', async () => {
    const told: string[] = [];
    await settlerOf((events) => Promise.resolve(events.length > 1 ? [{ kind: 'ack' }] : undefined)).settle(
      ['a', 'b'].map((name) => message(name, told)),
    );
    expect(told).toEqual(['ack a', 'ack b']);
  });

  it('goes on without what cannot be read', async () => {
    const told: string[] = [];
    const letters = new Letters();
    const bytes = (text: string) => new TextEncoder().encode(text);
    const bad: [string, Partial<IncomingMessage>, string][] = [
      ['no json', { data: bytes('{') }, 'malformed'],
      ['no utf-8', { data: new Uint8Array([0xff, 0xfe]) }, 'malformed'],
      ['no envelope', { data: bytes('{"id":"x"}') }, 'malformed'],
      ['wrong data', { data: bytes(JSON.stringify({ ...envelope('w'), data: { name: 7 } })) }, 'malformed'],
      ['other version', { data: bytes(JSON.stringify({ ...envelope('v'), version: 2 })) }, 'unknown-event'],
      ['other subject', { subject: 'routing.demo.thing.vanished.v1' }, 'unknown-event'],
    ];
    const handled: string[] = [];
    await settlerOf((events) => {
      handled.push(...namesOf(events));
      return Promise.resolve();
    }, letters).settle([...bad.map(([name, over]) => message(name, told, over)), message('good', told)]);
    expect(handled).toEqual(['good']);
    expect(told).toEqual([...bad.map(([name]) => `term ${name}`), 'ack good']);
    expect(letters.kept.map(({ reason }) => reason)).toEqual(bad.map(([, , reason]) => reason));
    expect(new Set(letters.kept.map(({ id }) => id)).size).toBe(bad.length);
  });

  it('keeps a dead letter under the same id each time', async () => {
    const letters = new Letters();
    const settler = settlerOf(() => Promise.resolve(), letters);
    for (let i = 0; i < 2; i += 1)
      await settler.settle([message('x', [], { data: new Uint8Array([1, 2, 3]) })]);
    expect(letters.kept[0]).toEqual(letters.kept[1]);
  });

  it('gives its handler the correlation ids', async () => {
    const contexts: unknown[] = [];
    const settler = settlerOf(() => {
      contexts.push(currentContext());
      return Promise.resolve();
    });
    await settler.settle([message('a', [])]);
    await settler.settle([message('a', []), message('b', [])]);
    expect(contexts).toEqual([
      { correlationId: 'co_a' },
      { correlationId: 'co_a', correlationIds: ['co_a', 'co_b'] },
    ]);
  });

  it('that JetStream cannot be told about is no reason to stop', async () => {
    const ack = () => {
      throw new Error('the connection is closed');
    };
    await expect(
      settlerOf(() => Promise.resolve()).settle([message('a', [], { ack })]),
    ).resolves.toBeUndefined();
  });
});
