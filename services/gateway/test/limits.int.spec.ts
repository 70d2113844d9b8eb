import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { startRedis, type TestRedis } from '@partyline/testing';
import type { Client } from './support/client.js';
import { startWorld, type World } from './support/world.js';

jest.setTimeout(60_000);

let world: World;
let redis: TestRedis;
let ben: Client;
let redisRuns = true;

beforeAll(async () => {
  redis = await startRedis();
  world = await startWorld({ REDIS_URL: redis.url });
  ben = await world.signedIn('ben');
});
afterAll(async () => {
  await world.stop();
  if (redisRuns) await redis.stop();
});

describe('limits', () => {
  it('are counted by all replicas together', async () => {
    const other = await world.startReplica();
    const statuses: number[] = [];
    for (let guess = 0; guess < 16; guess += 1) {
      const stranger = world.client(guess % 2 === 0 ? world.gateway.url : other.url);
      statuses.push((await stranger.signIn('dev@example.com', `guess ${guess}`)).status);
    }
    expect(statuses).toEqual([...Array<number>(10).fill(401), ...Array<number>(6).fill(429)]);
    await other.stop();
  });

  it('tell a client how much is left, and refuse what is too much', async () => {
    const ada = await world.signedIn('ada');
    const { headers } = await ada.get('/me');
    expect(Number(headers.get('ratelimit-limit'))).toBeGreaterThanOrEqual(1_200);
    const before = Number(headers.get('ratelimit-remaining'));
    const answers = await Promise.all(Array.from({ length: 50 }, () => ada.get('/me')));
    expect(Math.min(...answers.map((answer) => Number(answer.headers.get('ratelimit-remaining'))))).toBe(
      before - 50,
    );

    const anonymous = world.client();
    const asked = await Promise.all(Array.from({ length: 400 }, () => anonymous.get('/auth/options')));
    const refused = asked.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThanOrEqual(100);
    expect(refused[0]?.body).toMatchObject({ code: 'RATE_LIMITED' });
    expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('lock nobody out while Redis is away', async () => {
    await redis.stop();
    redisRuns = false;
    expect((await ben.get('/me')).status).toBe(200);
    expect((await world.client().signIn('ben@example.com', 'partyline')).status).toBe(200);
    expect((await world.client().signIn('ben@example.com', 'wrong')).status).toBe(401);
  });
});
