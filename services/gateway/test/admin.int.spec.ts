import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { OrderedReader, type ReadEvent } from '@partyline/bus';
import {
  CreateDirectoryRecord,
  ExplainRoute,
  GetConversation,
  ListAudit,
  ListDirectory,
  ListInboxes,
  TraceMessage,
  TraceReceipt,
  UpdateDirectoryRecord,
  UserChanged,
} from '@partyline/contracts';
import { eventually } from '@partyline/testing';
import { mongo } from 'mongoose';
import type { Client } from './support/client.js';
import { conversation, noteAdded, summary } from './support/conversations.js';
import { startWorld, type World } from './support/world.js';

jest.setTimeout(60_000);

let world: World;
let ada: Client;
let ben: Client;

beforeAll(async () => {
  world = await startWorld();
  [ada, ben] = await Promise.all([world.signedIn('ada'), world.signedIn('ben')]);
});
afterAll(() => world.stop());

/** What was published of a user, newest last. */
async function published(userId: string): Promise<ReturnType<typeof UserChanged.parse>['data'][]> {
  const reader = world.services.routing.running.app.get(OrderedReader, { strict: false });
  const { firstSequence, lastSequence } = await reader.position('accounts');
  const events: ReadEvent[] = [];
  for await (const event of reader.read('accounts', { startSequence: firstSequence })) {
    if (event.kind === 'event') events.push(event);
    if (event.kind === 'event' && event.sequence >= lastSequence) break;
  }
  return events
    .map(({ envelope }) => UserChanged.parse(envelope).data)
    .filter((data) => data.userId === userId);
}

describe('users', () => {
  it('are managed by whoever may, and nobody else', async () => {
    for (const path of [
      '/admin/users',
      '/admin/roles',
      '/admin/numbers',
      '/admin/audit',
      '/admin/carrier-accounts',
    ]) {
      expect(await ben.get(path)).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
    }
    expect((await ada.get<unknown[]>('/admin/users')).body).toHaveLength(4);
  });

  it('are created with a first password, published, and can sign in and change it', async () => {
    const user = {
      email: 'Eve@Example.com',
      name: 'Eve Adams',
      roleId: 'member',
      password: 'first password',
    };
    const created = await ada.post('/admin/users', user);
    expect(created).toMatchObject({ status: 201, body: { email: 'eve@example.com', active: true } });
    expect(JSON.stringify(created.body)).not.toContain('password');
    const userId = String(created.body.id);
    await eventually(async () =>
      expect((await published(userId)).at(-1)).toMatchObject({
        revision: 1,
        email: 'eve@example.com',
        active: true,
      }),
    );
    const eve = world.client();
    expect((await eve.signIn('eve@example.com', 'first password')).status).toBe(200);
    const elsewhere = world.client();
    await elsewhere.signIn('eve@example.com', 'first password');
    expect((await eve.post('/me/password', { current: 'wrong', next: 'second password' })).status).toBe(400);
    expect(
      (await eve.post('/me/password', { current: 'first password', next: 'second password' })).status,
    ).toBe(204);
    expect((await eve.get('/me')).status).toBe(200);
    expect((await elsewhere.refresh()).status).toBe(401);
    expect((await world.client().signIn('eve@example.com', 'second password')).status).toBe(200);
  });

  it.each([
    ['an email that somebody has', { email: 'ben@example.com' }, 409, 'IN_USE'],
    ['no email', { email: 'nobody' }, 400, 'VALIDATION'],
    ['a short password', { password: 'short' }, 400, 'VALIDATION'],
    ['a role that is not there', { roleId: 'boss' }, 400, 'VALIDATION'],
  ])('are refused with %s', async (_label, change, status, code) => {
    const user = {
      email: 'new@example.com',
      name: 'New',
      roleId: 'member',
      password: 'a password',
      ...change,
    };
    expect(await ada.post('/admin/users', user)).toMatchObject({ status, body: { code } });
  });

  it('can be said to be away by an Admin, and until when', async () => {
    const until = new Date(Date.now() + 86_400_000).toISOString();
    const changed = await ada.send('PATCH', '/admin/users/dev', { availability: 'away', awayUntil: until });
    expect(changed).toMatchObject({ status: 200, body: { availability: 'away', awayUntil: until } });
    await eventually(async () =>
      expect((await published('dev')).at(-1)).toMatchObject({ availability: 'away', awayUntil: until }),
    );
    for (const wrong of [
      { availability: 'away', awayUntil: '2020-01-01T00:00:00Z' },
      { availability: 'available', awayUntil: until },
      { awayUntil: until },
    ]) {
      expect(await ada.send('PATCH', '/admin/users/dev', wrong)).toMatchObject({
        status: 400,
        body: { code: 'VALIDATION' },
      });
    }
    expect((await ben.send('PATCH', '/admin/users/dev', { availability: 'away' })).status).toBe(403);
    expect((await ada.send('PATCH', '/admin/users/nobody', { availability: 'away' })).status).toBe(404);
    const back = await ada.send('PATCH', '/admin/users/dev', { availability: 'available' });
    expect(back).toMatchObject({ body: { availability: 'available', awayUntil: null } });
  });

  it('are available again by themselves when their absence ends, and others are told', async () => {
    const dev = await world.signedIn('dev');
    const awayUntil = new Date(Date.now() + 500).toISOString();
    const away = await dev.send('PATCH', '/me', { availability: 'out_of_office', awayUntil });
    expect(away).toMatchObject({ status: 200, body: { availability: 'out_of_office', awayUntil } });
    await eventually(
      async () =>
        expect((await dev.get('/me')).body).toMatchObject({ availability: 'available', awayUntil: null }),
      { timeoutMs: 15_000 },
    );
    await eventually(async () =>
      expect((await published('dev')).at(-1)).toMatchObject({ availability: 'available', awayUntil: null }),
    );
  });

  it('cannot lose their last Admin, not even when two go at once', async () => {
    expect(await ada.send('PATCH', '/admin/users/ada', { active: false })).toMatchObject({
      status: 409,
      body: { code: 'IN_USE' },
    });
    expect((await ada.send('PATCH', '/admin/users/ada', { roleId: 'member' })).status).toBe(409);
    expect((await ada.send('DELETE', '/admin/users/ada')).status).toBe(409);
    expect((await ada.send('PATCH', '/admin/roles/admin', { permissions: ['view'] })).status).toBe(409);

    expect((await ada.send('PATCH', '/admin/users/dev', { roleId: 'admin' })).status).toBe(200);
    const dev = await world.signedIn('dev');
    const both = await Promise.all([
      ada.send('PATCH', '/admin/users/dev', { roleId: 'member' }),
      dev.send('PATCH', '/admin/users/ada', { roleId: 'member' }),
    ]);
    const adaWon = both[0].status === 200;
    expect(both.map(({ status }) => status)).toEqual(adaWon ? [200, 409] : [409, 200]);
    const admins = adaWon ? ada : dev;
    expect((await admins.send('PATCH', '/admin/users/ada', { roleId: 'admin' })).status).toBe(200);
    expect((await ada.send('PATCH', '/admin/users/dev', { roleId: 'member' })).status).toBe(200);
  });

  it('who are disabled are out at once, on every replica', async () => {
    const other = await world.startReplica();
    const cleo = await world.signedIn('cleo', other.url);
    expect((await cleo.get('/me')).status).toBe(200);
    expect((await ada.send('DELETE', '/admin/users/cleo')).status).toBe(204);
    await eventually(async () => expect((await cleo.get('/me')).status).toBe(401));
    expect((await cleo.refresh()).status).toBe(401);
    await eventually(async () => expect((await published('cleo')).at(-1)).toMatchObject({ active: false }));
    await ada.send('PATCH', '/admin/users/cleo', { active: true });
    expect((await cleo.refresh()).status).toBe(401);
    await other.stop();
  });
});

describe('a service that lost its database', () => {
  it('is told of everybody again when an operator asks for it, as often as they ask', async () => {
    const client = new mongo.MongoClient(String(world.env.MONGODB_URL));
    try {
      const db = client.db(`${world.env.MONGODB_DB_PREFIX}_gateway`);
      for (const asked of [new Date(1), new Date(2)]) {
        const before = (await published('ben')).length;
        await db
          .collection<{ _id: string }>('occasions')
          .updateOne({ _id: 'tell-again' }, { $set: { asked } }, { upsert: true });
        await eventually(async () => expect((await published('ben')).length).toBeGreaterThan(before), {
          timeoutMs: 30_000,
        });
      }
    } finally {
      await client.close();
    }
  }, 90_000);
});

describe('roles', () => {
  it('change what their users may do, and everybody is told', async () => {
    const role = await ada.post('/admin/roles', { name: 'Night shift', permissions: ['view', 'reply'] });
    expect(role.status).toBe(201);
    const roleId = String(role.body.id);
    await ada.send('PATCH', '/admin/users/dev', { roleId });
    const dev = await world.signedIn('dev');
    expect((await dev.get('/admin/audit')).status).toBe(403);
    await ada.send('PATCH', `/admin/roles/${roleId}`, { permissions: ['view', 'viewAudit'] });
    await eventually(async () =>
      expect((await published('dev')).at(-1)).toMatchObject({ roleId, permissions: ['view', 'viewAudit'] }),
    );
    world.script.answer(ListAudit, () => ({ items: [], nextCursor: null }));
    await eventually(async () => expect((await dev.get('/admin/audit?userId=ben')).status).toBe(200));
    expect(world.script.requests(ListAudit).at(-1)).toMatchObject({ userId: 'dev', actorId: 'ben' });
    expect(await ada.send('DELETE', `/admin/roles/${roleId}`)).toMatchObject({
      status: 409,
      body: { code: 'IN_USE' },
    });
    await ada.send('PATCH', '/admin/users/dev', { roleId: 'member' });
    expect((await ada.send('DELETE', `/admin/roles/${roleId}`)).status).toBe(204);
    expect((await ada.send('DELETE', '/admin/roles/member')).status).toBe(409);
  });
});

describe('a change of a role', () => {
  it('holds from the next request of an open session on, and GET /me explains it', async () => {
    const role = await ada.post('/admin/roles', { name: 'Reviewer', permissions: ['view', 'viewAudit'] });
    const roleId = String(role.body.id);
    await ada.send('PATCH', '/admin/users/dev', { roleId });
    const dev = await world.signedIn('dev');
    world.script.answer(ListAudit, () => ({ items: [], nextCursor: null }));
    expect((await dev.get('/admin/audit')).status).toBe(200);
    expect((await dev.get('/me')).body).toMatchObject({
      role: { name: 'Reviewer' },
      may: { viewAudit: true, reply: 'Your role Reviewer does not allow you to reply.' },
    });
    await ada.send('PATCH', `/admin/roles/${roleId}`, { permissions: ['view', 'reply'] });
    expect((await dev.get('/admin/audit')).status).toBe(403);
    expect((await dev.get('/me')).body).toMatchObject({
      permissions: ['view', 'reply'],
      may: { reply: true, viewAudit: 'Your role Reviewer does not allow you to see the audit trail.' },
    });
    await ada.send('PATCH', '/admin/users/dev', { roleId: 'member' });
    await ada.send('DELETE', `/admin/roles/${roleId}`);
  });

  it('is refused for a name that is taken, an unknown permission and a role of another tenant', async () => {
    expect(await ada.post('/admin/roles', { name: 'Member', permissions: [] })).toMatchObject({
      status: 409,
      body: { code: 'IN_USE' },
    });
    expect((await ada.post('/admin/roles', { name: 'Odd', permissions: ['fly'] })).status).toBe(400);
    const roles = new mongo.MongoClient(world.env.MONGODB_URL ?? '');
    const of = roles.db(`${world.env.MONGODB_DB_PREFIX}_gateway`).collection('roles');
    await of.insertOne({ tenantId: 'other', id: 'ro_other', name: 'X', permissions: ['view'], ready: false });
    await roles.close();
    expect((await ada.get('/admin/roles/ro_other')).status).toBe(404);
    expect((await ada.send('PATCH', '/admin/roles/ro_other', { name: 'Y' })).status).toBe(404);
    expect((await ada.send('DELETE', '/admin/roles/ro_other')).status).toBe(404);
    expect((await ada.send('PATCH', '/admin/users/dev', { roleId: 'ro_other' })).status).toBe(400);
  });
});

describe('the directory', () => {
  it('is the routing service’s; new records get an id, changes only what was given', async () => {
    world.script.answer(ListDirectory, () => []);
    world.script.answer(CreateDirectoryRecord, ({ record }) => record);
    world.script.answer(UpdateDirectoryRecord, ({ record }) => record);
    expect((await ada.get('/admin/ring-groups')).body).toEqual([]);
    expect(world.script.requests(ListDirectory).at(-1)).toMatchObject({ kind: 'ring-groups', userId: 'ada' });
    const created = await ada.post('/admin/departments', { name: 'Billing', memberIds: ['ada'] });
    expect(created).toMatchObject({ status: 201, body: { name: 'Billing', closedReply: null } });
    expect(created.body.id).toMatch(/^dp_/);
    await ada.send('PATCH', '/admin/departments/support', { name: 'Help', revision: 3 });
    expect(world.script.requests(UpdateDirectoryRecord).at(-1)).toMatchObject({
      id: 'support',
      record: { name: 'Help', revision: 3 },
    });
    expect(Object.keys(world.script.requests(UpdateDirectoryRecord).at(-1)?.record ?? {})).toEqual([
      'name',
      'revision',
    ]);
    const number = { id: '12125550101', carrier: 'simulator', carrierAccountId: 'a', destination: null };
    expect(await ada.post('/admin/numbers', number)).toMatchObject({
      status: 400,
      body: { issues: [{ path: 'id' }] },
    });
  });

  it('explains where a text would go, and where one went', async () => {
    const route = {
      inboxId: 'department-support',
      inboxKind: 'shared' as const,
      memberId: null,
      autoReply: null,
      leavesInboxId: null,
      trace: [{ step: 'number' as const, id: '+12125550101', text: 'goes to Support' }],
    };
    world.script.answer(ExplainRoute, () => route);
    expect((await ada.post('/admin/routing/explain', { to: '+12125550101', from: '+1415' })).body).toEqual(
      route,
    );

    const receipt = {
      receiptId: 'rc_1',
      carrier: 'twilio',
      accountId: 'a',
      receivedAt: '2026-11-23T12:00:00.000Z',
      publishedTimes: 1,
      landedAt: null,
    };
    expect((await ada.get('/admin/messages/ms_1/trace')).status).toBe(404);
    world.script.answer(TraceReceipt, () => receipt);
    expect((await ada.get('/admin/messages/ms_1/trace')).body).toEqual({ receipt, landed: null });
    const { envelope } = noteAdded(3);
    const item = {
      id: envelope.id,
      seq: 3,
      index: 0,
      at: envelope.occurredAt,
      actor: envelope.actor,
      type: 'note.added' as const,
      data: { noteId: 'nt_3', text: 'note 3' },
    };
    world.script.answer(TraceMessage, () => ({ conversation: conversation(), item }));
    expect((await ada.get('/admin/messages/ms_1/trace')).body).toMatchObject({
      receipt,
      landed: { item: { seq: 3 } },
    });
  });
});

describe('another tenant', () => {
  it('sees nothing of this one: 404 everywhere', async () => {
    const database = new mongo.MongoClient(String(world.env.MONGODB_URL));
    const db = database.db(`${world.env.MONGODB_DB_PREFIX}_gateway`);
    const copy = async (name: string, query: object, change: object): Promise<void> => {
      for (const { _id, ...found } of await db.collection(name).find(query).toArray()) {
        await db.collection(name).insertOne({ ...found, ...change });
      }
    };
    await db
      .collection<{ _id: string }>('tenants')
      .insertOne({ _id: 'other', name: 'Other', changes: 0 } as { _id: string });
    await copy('roles', { tenantId: 'demo' }, { tenantId: 'other' });
    await copy(
      'users',
      { tenantId: 'demo', id: 'ada' },
      { tenantId: 'other', id: 'otto', email: 'otto@example.com' },
    );
    await database.close();

    const otto = world.client();
    expect((await otto.signIn('otto@example.com', 'partyline')).body).toMatchObject({
      me: { tenant: { id: 'other' } },
    });
    // The services refuse by tenant; the gateway must name the right one.
    world.script.answer(ListInboxes, ({ tenantId }) =>
      tenantId === 'demo' ? [summary('department-support')] : [],
    );
    const attempts = await Promise.all([
      otto.get('/admin/users/ben'),
      otto.send('PATCH', '/admin/users/ben', { active: false }),
      otto.get('/conversations/cv_1'),
      otto.get('/conversations/cv_1/timeline'),
      otto.get('/conversations/cv_1/media/m1'),
      otto.post('/conversations/cv_1/note', { text: 'hello' }),
      otto.get('/inboxes/department-support/members'),
      otto.post('/conversations/cv_1/typing', { typing: true }),
    ]);
    expect(attempts.map(({ status }) => status)).toEqual(attempts.map(() => 404));
    expect(world.script.requests(GetConversation).at(-1)).toMatchObject({
      tenantId: 'other',
      userId: 'otto',
    });
    expect((await otto.get('/inboxes')).body).toEqual([]);
    expect((await otto.get<{ id: string }[]>('/admin/users')).body.map(({ id }) => id)).toEqual(['otto']);
    expect((await ben.get('/me')).body).toMatchObject({ id: 'ben' });
  });
});
