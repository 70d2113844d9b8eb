import { describe, expect, it } from '@jest/globals';
import type { IncomingMessage } from './incoming-event.js';
import { WorkQueue } from './work-queue.js';

function message(name: string, told: string[]): IncomingMessage {
  return {
    subject: name,
    data: new Uint8Array(),
    headers: undefined,
    info: { stream: 's', deliveryCount: 1, pending: 0 },
    ack: () => told.push(`ack ${name}`),
    nak: () => told.push(`nak ${name}`),
    term: () => told.push(`term ${name}`),
    working: () => told.push(`working ${name}`),
  };
}

describe('the queue before a handler', () => {
  it('hands over what is there, a batch at most, one batch at a time', async () => {
    const batches: string[][] = [];
    const releases: (() => void)[] = [];
    const queue = new WorkQueue(3, 60_000, (messages) => {
      batches.push(messages.map(({ subject }) => subject));
      return new Promise((resolve) => releases.push(resolve));
    });
    const told: string[] = [];
    for (const name of ['a', 'b', 'c', 'd', 'e']) queue.add(message(name, told));
    const running = queue.run();
    await new Promise(setImmediate);
    expect(batches).toEqual([['a', 'b', 'c']]);
    releases.shift()?.();
    await new Promise(setImmediate);
    expect(batches).toEqual([
      ['a', 'b', 'c'],
      ['d', 'e'],
    ]);
    queue.close();
    releases.shift()?.();
    await running;
    expect(told).toEqual([]);
  });

  it('asks for more only while no more than a batch waits', async () => {
    const queue = new WorkQueue(2, 60_000, () => Promise.resolve());
    const told: string[] = [];
    for (const name of ['a', 'b', 'c']) queue.add(message(name, told));
    let hasRoom = false;
    const waiting = queue.room().then(() => {
      hasRoom = true;
    });
    await new Promise(setImmediate);
    expect(hasRoom).toBe(false);
    const running = queue.run();
    await waiting;
    queue.close();
    await running;
  });

  it('when it is closed finishes the batch in hand and gives back the rest at once', async () => {
    const told: string[] = [];
    let release = () => {};
    const queue = new WorkQueue(1, 60_000, ([only]) => {
      return new Promise((resolve) => {
        release = () => {
          only?.ack();
          resolve();
        };
      });
    });
    for (const name of ['a', 'b', 'c']) queue.add(message(name, told));
    const running = queue.run();
    queue.close();
    queue.add(message('d', told));
    release();
    await running;
    expect(told).toEqual(['nak d', 'ack a', 'nak b', 'nak c']);
  });

  it('gives signs of life of everything in its hands', async () => {
    const told: string[] = [];
    let release = () => {};
    const queue = new WorkQueue(1, 5, () => new Promise((resolve) => (release = () => resolve())));
    for (const name of ['a', 'b']) queue.add(message(name, told));
    const running = queue.run();
    while (told.length < 4) await new Promise(setImmediate);
    expect(told.slice(0, 4)).toEqual(['working a', 'working b', 'working a', 'working b']);
    queue.close();
    release();
    await running;
  });
});
