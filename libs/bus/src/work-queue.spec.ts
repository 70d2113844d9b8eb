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
    const queue = new WorkQueue({ batch: 3, lingerMs: 0 }, 60_000, (messages) => {
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
    const queue = new WorkQueue({ batch: 2, lingerMs: 0 }, 60_000, () => Promise.resolve());
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
    const queue = new WorkQueue({ batch: 1, lingerMs: 0 }, 60_000, ([only]) => {
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
    const queue = new WorkQueue(
      { batch: 1, lingerMs: 0 },
      5,
      () => new Promise((resolve) => (release = () => resolve())),
    );
    for (const name of ['a', 'b']) queue.add(message(name, told));
    const running = queue.run();
    while (told.length < 4) await new Promise(setImmediate);
    expect(told.slice(0, 4)).toEqual(['working a', 'working b', 'working a', 'working b']);
    queue.close();
    release();
    await running;
  });

  it('lingers for company, but not for longer than it takes to fill a batch', async () => {
    const batches: string[][] = [];
    const queue = new WorkQueue({ batch: 2, lingerMs: 600_000 }, 600_000, (messages) => {
      batches.push(messages.map(({ subject }) => subject));
      return Promise.resolve();
    });
    const running = queue.run();
    queue.add(message('a', []));
    for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate);
    expect(batches).toEqual([]);
    queue.add(message('b', []));
    while (batches.length === 0) await new Promise(setImmediate);
    expect(batches).toEqual([['a', 'b']]);
    queue.close();
    await running;
  });

  it('hands over a lonely message when it has lingered', async () => {
    const batches: string[][] = [];
    const queue = new WorkQueue({ batch: 2, lingerMs: 5 }, 600_000, (messages) => {
      batches.push(messages.map(({ subject }) => subject));
      return Promise.resolve();
    });
    const running = queue.run();
    queue.add(message('a', []));
    while (batches.length === 0) await new Promise(setImmediate);
    expect(batches).toEqual([['a']]);
    queue.close();
    await running;
  });

  it('gives back at once what lingers when it is closed', async () => {
    const told: string[] = [];
    const queue = new WorkQueue({ batch: 2, lingerMs: 600_000 }, 600_000, () => Promise.resolve());
    const running = queue.run();
    queue.add(message('a', told));
    for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate);
    queue.close();
    await running;
    expect(told).toEqual(['nak a']);
  });
});
