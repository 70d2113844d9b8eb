import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { GetCounts, ListAudit, ListInboxes } from '@partyline/contracts';
import { eventually } from '@partyline/testing';
import { mongo } from 'mongoose';
import { counts, summary } from './support/conversations.js';
import { Client } from './support/client.js';
import { startWorld, type World } from './support/world.js';

jest.setTimeout(60_000);

let world: World;
let ada: Client;
let users: mongo.Collection;
let database: mongo.MongoClient;

beforeAll(async () => {
  world = await startWorld();
  ada = await world.signedIn('ada');
  database = new mongo.MongoClient(world.env.MONGODB_URL ?? '');
  users = database.db(`${world.env.MONGODB_DB_PREFIX}_gateway`).collection('users');
  world.script.answer(ListInboxes, () => [summary('department-support')]);
  world.script.answer(ListAudit, () => ({ items: [], nextCursor: null }));
  world.script.answer(GetCounts, () => ({ 'department-support': counts }));
});
afterAll(async () => {
  await database.close();
  await world.stop();
});

interface Made {
  readonly key: { readonly id: string; readonly prefix: string; readonly expiresAt: string | null };
  readonly secret: string;
}

/** A machine with a new key. */
async function machine(body: object = {}): Promise<{ made: Made; client: Client }> {
  const made = await ada.post<Made>('/admin/api-keys', {
    name: 'Report',
    scopes: ['view', 'viewAudit'],
    ...body,
  });
  expect(made.status).toBe(201);
  const client = new Client(world.gateway.url);
  client.accessToken = made.body.secret;
  return { made: made.body, client };
}

describe('an API key', () => {
  it('is shown once, kept as a hash, and does what its scopes say and nothing else', async () => {
    const { made, client } = await machine();
    expect(made.secret.startsWith(`${made.key.prefix}.`)).toBe(true);
    expect((await client.get('/admin/audit')).status).toBe(200);
    expect(world.script.requests(ListAudit).at(-1)).toMatchObject({ userId: made.key.id, tenantId: 'demo' });
    expect(await client.get('/admin/users')).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
    expect((await client.get('/me')).body).toMatchObject({
      id: made.key.id,
      permissions: ['view', 'viewAudit'],
      may: { view: true, reply: 'Your role API key does not allow you to reply.' },
    });
    const stored = JSON.stringify(await users.findOne({ id: made.key.id }));
    expect(stored).not.toContain(made.secret.split('.').at(-1));
    const listed = (await ada.get('/admin/api-keys')).body;
    expect(JSON.stringify(listed)).not.toContain(made.secret.split('.').at(-1));
    await eventually(async () =>
      expect((await ada.get<{ lastUsedAt: string | null }[]>('/admin/api-keys')).body[0]).toMatchObject({
        prefix: made.key.prefix,
        createdBy: { id: 'ada', name: 'Ada Lovelace' },
        lastUsedAt: expect.stringMatching(/^20/),
      }),
    );
  });

  it('ends at once when it is revoked, with its open streams, on every replica', async () => {
    const { made, client } = await machine();
    const other = await world.startReplica();
    const there = new Client(other.url);
    there.accessToken = made.secret;
    expect((await there.get('/inboxes')).status).toBe(200);
    const stream = await fetch(`${other.url}/api/v1/events`, {
      headers: { authorization: `Bearer ${made.secret}` },
    });
    expect(stream.status).toBe(200);
    expect((await ada.send('DELETE', `/admin/api-keys/${made.key.id}`)).status).toBe(204);
    expect(await client.get('/inboxes')).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' } });
    await eventually(async () => expect((await there.get('/inboxes')).status).toBe(401));
    // Resolves only when the stream has ended.
    await stream.text();
    expect((await ada.send('DELETE', `/admin/api-keys/${made.key.id}`)).status).toBe(204);
    await other.stop();
  });

  it('ends when its time is over', async () => {
    const { made, client } = await machine({ expiresInDays: 1 });
    expect(Date.parse(made.key.expiresAt ?? '')).toBeGreaterThan(Date.now() + 86_000_000);
    await users.updateOne({ id: made.key.id }, { $set: { 'machine.expiresAt': new Date(Date.now() - 1) } });
    expect((await client.get('/inboxes')).status).toBe(401);
  });

  it('is refused with a wrong secret, of another tenant, and as a password', async () => {
    const { made, client } = await machine();
    const right = made.secret;
    expect((await client.get('/inboxes')).status).toBe(200);
    client.accessToken = `${made.key.prefix}.${'A'.repeat(43)}`;
    expect((await client.get('/inboxes')).status).toBe(401);
    client.accessToken = right.replace('plk_demo.', 'plk_other.');
    expect((await client.get('/inboxes')).status).toBe(401);
    const stored = await users.findOne<{ email: string }>({ id: made.key.id });
    expect((await world.client().signIn(stored?.email ?? '', right)).status).toBe(401);
    expect((await ada.get(`/admin/users/${made.key.id}`)).status).toBe(404);
    expect(JSON.stringify((await ada.get('/admin/users')).body)).not.toContain(made.key.id);
  });

  it('can do no more than who makes it, has a rate of its own, and has no availability', async () => {
    const role = await ada.post('/admin/roles', { name: 'Keymaster', permissions: ['view', 'manageUsers'] });
    await ada.send('PATCH', '/admin/users/dev', { roleId: role.body.id });
    const dev = await world.signedIn('dev');
    expect(await dev.post('/admin/api-keys', { name: 'Too much', scopes: ['reply'] })).toMatchObject({
      status: 403,
      body: { detail: 'You may not reply yourself, so neither may a key of yours.' },
    });
    expect((await ada.post('/admin/api-keys', { name: 'None', scopes: [] })).status).toBe(400);
    const { client } = await machine();
    const answer = await client.get('/inboxes');
    expect(answer.headers.get('ratelimit-limit')).toBe('1200');
    expect((await ada.get('/inboxes')).headers.get('ratelimit-limit')).toBe('3000');
    expect((await client.send('PATCH', '/me', { availability: 'away' })).status).toBe(403);
    await ada.send('PATCH', '/admin/users/dev', { roleId: 'member' });
  });

  it('does not stand for the last person who can manage users', async () => {
    await machine({ scopes: ['view', 'manageUsers'] });
    expect(await ada.send('PATCH', '/admin/users/ada', { roleId: 'member' })).toMatchObject({ status: 409 });
  });
});

describe('an address that is no URL', () => {
  it('is answered by a problem like everything else', async () => {
    expect(await ada.get('/inboxes/%zz')).toMatchObject({ status: 400, body: { code: 'VALIDATION' } });
    expect(await ada.get(`/conversations/${'x'.repeat(2000)}`)).toMatchObject({ status: 400 });
  });
});
