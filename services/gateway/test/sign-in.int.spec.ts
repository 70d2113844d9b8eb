import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { OrderedReader } from '@partyline/bus';
import { loginAnswerSchema, UserChanged, type Me } from '@partyline/contracts';
import { eventually } from '@partyline/testing';
import { startWorld, type World } from './support/world.js';

jest.setTimeout(60_000);

let world: World;

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());

describe('signing in', () => {
  it('answers who one is and sets cookies that scripts and other sites cannot use', async () => {
    const client = world.client();
    const { status, body } = await client.signIn(' Ada@Example.com ', 'partyline');
    expect(status).toBe(200);
    const answer = loginAnswerSchema.parse(body);
    expect(answer.me).toMatchObject({ id: 'ada', tenant: { id: 'demo', name: 'Demo Company' }, demo: true });
    expect(answer.expiresIn).toBe(600);
    expect(client.cookies.get('partyline_access')).toMatchObject({ path: '/api/v1' });
    expect(client.cookies.get('partyline_refresh')).toMatchObject({ path: '/api/v1/auth' });
    for (const { attributes } of client.cookies.values()) {
      expect(attributes).toContain('HttpOnly');
      expect(attributes).toContain('SameSite=Strict');
    }
  });

  it('says the same whether the email or the password is wrong', async () => {
    const [unknown, wrong] = [
      await world.client().signIn('nobody@example.com', 'partyline'),
      await world.client().signIn('dev@example.com', 'not it'),
    ];
    expect(unknown.status).toBe(401);
    expect(wrong.body).toMatchObject({ code: 'UNAUTHENTICATED', detail: unknown.body.detail });
    expect(wrong.headers.get('content-type')).toContain('application/problem+json');
    expect(wrong.headers.get('www-authenticate')).toBe('Bearer');
  });

  it('refuses a body that is no sign-in, with the field', async () => {
    const { status, body } = await world.client().post('/auth/login', { email: 'ada@example.com' });
    expect(status).toBe(400);
    expect(body).toMatchObject({ code: 'VALIDATION', issues: [{ path: 'password' }] });
  });

  it('stops guessing, but not the owner in a browser that the account knows', async () => {
    const owner = await world.signedIn('cleo');
    const stranger = world.client();
    const statuses: number[] = [];
    for (let guess = 0; guess < 12; guess += 1) {
      statuses.push((await stranger.signIn('cleo@example.com', `guess ${guess}`)).status);
    }
    expect(statuses.filter((status) => status === 401)).toHaveLength(10);
    const blocked = await stranger.signIn('cleo@example.com', 'partyline');
    expect(blocked.status).toBe(429);
    expect(Number(blocked.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(blocked.body).toMatchObject({ code: 'RATE_LIMITED' });
    expect((await owner.signIn('cleo@example.com', 'partyline')).status).toBe(200);
  });

  it('counts guesses at the current password in /me/password, and still lets its owner sign in', async () => {
    const dev = await world.signedIn('dev');
    const statuses: number[] = [];
    for (let guess = 0; guess < 12; guess += 1) {
      statuses.push(
        (await dev.post('/me/password', { current: `guess ${guess}`, next: 'a new password' })).status,
      );
    }
    expect(statuses).toEqual([...Array<number>(10).fill(400), 429, 429]);
    const blocked = await dev.post('/me/password', { current: 'partyline', next: 'a new password' });
    expect(blocked).toMatchObject({ status: 429, body: { code: 'RATE_LIMITED' } });
    expect((await world.client().signIn('dev@example.com', 'partyline')).status).toBe(200);
  });

  it('counts guesses that are made all at once', async () => {
    const guesses = Array.from({ length: 30 }, (_, n) =>
      world.client().signIn('burst@example.com', `guess ${n}`),
    );
    const statuses = (await Promise.all(guesses)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(10);
    expect(statuses.filter((status) => status === 429)).toHaveLength(20);
  });
});

describe('the access token', () => {
  it('works as Bearer for everything, as cookie for reading only', async () => {
    const client = await world.signedIn('ben');
    const withCookie = world.client();
    for (const [name, cookie] of client.cookies) withCookie.cookies.set(name, cookie);
    expect((await withCookie.get<Me>('/me')).body.id).toBe('ben');
    const refused = await withCookie.send('PATCH', '/me', { availability: 'away' });
    expect(refused.status).toBe(401);
    expect((await client.send('PATCH', '/me', { availability: 'away' })).body).toMatchObject({
      availability: 'away',
    });
    expect((await client.send('PATCH', '/me', { availability: 'asleep' })).status).toBe(400);
  });

  it.each([
    ['none', undefined],
    ['nonsense', 'Bearer nonsense'],
    [
      'one that says it needs no signature',
      'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZGEiLCJ0ZW5hbnRJZCI6ImRlbW8iLCJzaWQiOiJ4In0.',
    ],
  ])('%s is refused', async (_label, authorization) => {
    const { status, body } = await world
      .client()
      .get('/me', authorization === undefined ? {} : { authorization });
    expect(status).toBe(401);
    expect(body).toMatchObject({ code: 'UNAUTHENTICATED', status: 401, instance: '/api/v1/me' });
  });
});

describe('refreshing', () => {
  it('rotates, and two tabs at once both stay signed in', async () => {
    const client = await world.signedIn('ada');
    const first = client.cookies.get('partyline_refresh')?.value;
    const [one, two] = await Promise.all([client.refresh(), client.refresh()]);
    expect([one.status, two.status]).toEqual([200, 200]);
    const second = client.cookies.get('partyline_refresh')?.value;
    expect(second).not.toBe(first);
    expect((await client.refresh()).status).toBe(200);
    expect((await client.get('/me')).status).toBe(200);
  });

  it('ends the session when an old token comes back', async () => {
    const client = await world.signedIn('ada');
    const stolen = client.cookies.get('partyline_refresh');
    await client.refresh();
    await client.refresh();
    const thief = world.client();
    if (stolen) thief.cookies.set('partyline_refresh', stolen);
    expect((await thief.refresh()).status).toBe(401);
    expect((await client.refresh()).status).toBe(401);
    expect((await client.get('/me')).status).toBe(401);
  });

  it('is refused without a cookie, with a made-up one, and from another site', async () => {
    const client = await world.signedIn('ada');
    expect((await world.client().refresh()).status).toBe(401);
    const forger = world.client();
    forger.cookies.set('partyline_refresh', {
      value: 'demo.ls_x.0.AAAA',
      path: '/api/v1/auth',
      attributes: '',
    });
    expect((await forger.refresh()).status).toBe(401);
    expect((await client.post('/auth/refresh', undefined, { 'sec-fetch-site': 'same-site' })).status).toBe(
      403,
    );
  });

  it('ends with signing out, and the access token with it', async () => {
    const client = await world.signedIn('ada');
    const before = client.cookies.get('partyline_refresh');
    expect((await client.post('/auth/logout')).status).toBe(204);
    expect(client.cookies.has('partyline_refresh')).toBe(false);
    if (before) client.cookies.set('partyline_refresh', before);
    expect((await client.refresh()).status).toBe(401);
    expect((await client.get('/me')).status).toBe(401);
  });
});

describe('the first start', () => {
  it('publishes the demo users with what they may do, and again when their stream was lost', async () => {
    // As the routing service, which follows the people.
    const reader = world.services.routing.running.app.get(OrderedReader, { strict: false });
    const everybody = async (): Promise<Set<string>> => {
      const { firstSequence, lastSequence } = await reader.position('accounts');
      const users = new Set<string>();
      const abort = new AbortController();
      for await (const event of reader.read('accounts', {
        startSequence: firstSequence,
        signal: abort.signal,
      })) {
        if (event.kind === 'event') users.add(UserChanged.parse(event.envelope).data.userId);
        if (event.kind === 'event' && event.sequence >= lastSequence) break;
      }
      abort.abort();
      return users;
    };
    await eventually(async () => expect(await everybody()).toEqual(new Set(['ada', 'ben', 'cleo', 'dev'])));
    await world.nats.restartEmpty();
    await eventually(async () => expect(await everybody()).toEqual(new Set(['ada', 'ben', 'cleo', 'dev'])), {
      timeoutMs: 20_000,
    });
  });
});
