import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { CallUnavailable, type CallClient } from '@partyline/bus';
import { SecretBox } from '@partyline/carriers';
import { FixedClock } from '@partyline/testing';
import { AccountBook } from './account-book.js';

const NOON = new Date('2026-11-30T12:00:00.000Z');

/** An account as ingest tells of it, a clock, and how often was asked. */
function aBook() {
  const world = { asked: 0, away: false, active: true, sendsPerSecond: '1', clock: new FixedClock(NOON) };
  const value = () => ({
    id: 'a',
    tenantId: 't',
    carrier: 'simulator',
    name: 'A',
    publicUrl: 'https://texts.example.com/hooks/simulator/a',
    active: world.active,
    settings: { sendsPerSecond: world.sendsPerSecond },
    sealed: {},
  });
  const calls = {
    call: () => {
      world.asked += 1;
      return world.away
        ? Promise.reject(new CallUnavailable('gone'))
        : Promise.resolve({ ok: true, value: value() });
    },
  } as unknown as CallClient;
  const book = new AccountBook(calls, new SecretBox(randomBytes(32).toString('base64')), world.clock);
  const find = async () => {
    const found = await book.find('t', 'simulator', 'a');
    return found.kind === 'ready' ? found.account.settings['sendsPerSecond'] : found.kind;
  };
  const after = (seconds: number) => world.clock.set(new Date(NOON.getTime() + seconds * 1_000));
  return { world, find, after };
}

describe('what delivery knows of a carrier account', () => {
  it('is asked for once for all the texts of a moment, and again after it, so that a change counts', async () => {
    const { world, find, after } = aBook();
    expect(await Promise.all([find(), find(), find()])).toEqual(['1', '1', '1']);
    world.sendsPerSecond = '2';
    after(4.9);
    expect(await find()).toBe('1');
    expect(world.asked).toBe(1);
    after(5);
    expect(await find()).toBe('2');
  });

  it('serves for a minute while ingest cannot be asked, and no longer', async () => {
    const { world, find, after } = aBook();
    await find();
    world.away = true;
    after(30);
    expect(await find()).toBe('1');
    after(59);
    expect(await find()).toBe('1');
    after(65);
    expect(await find()).toBe('unavailable');
    world.away = false;
    expect(await find()).toBe('1');
  });

  it('is not remembered where it cannot be used: what is mended works at once', async () => {
    const { world, find } = aBook();
    world.active = false;
    expect(await find()).toBe('unusable');
    world.active = true;
    expect(await find()).toBe('1');
  });
});
