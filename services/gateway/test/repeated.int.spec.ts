import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  CreateCarrierAccount,
  CreateDirectoryRecord,
  CreateTag,
  CreateTemplate,
  CreateWebhook,
  ListInboxes,
  RotateWebhookSecret,
} from '@partyline/contracts';
import { mongo } from 'mongoose';
import { Client } from './support/client.js';
import { summary } from './support/conversations.js';
import { startWorld, type World } from './support/world.js';

jest.setTimeout(60_000);

let world: World;
let ada: Client;
let ben: Client;
let database: mongo.MongoClient;
let users: mongo.Collection;

beforeAll(async () => {
  world = await startWorld();
  [ada, ben] = await Promise.all([world.signedIn('ada'), world.signedIn('ben')]);
  database = new mongo.MongoClient(world.env.MONGODB_URL ?? '');
  users = database.db(`${world.env.MONGODB_DB_PREFIX}_gateway`).collection('users');
  world.script.answer(ListInboxes, () => [summary('department-support')]);
});
afterAll(async () => {
  await database.close();
  await world.stop();
});

const as = (key: string) => ({ 'idempotency-key': key });
interface MadeKey {
  readonly key: { readonly id: string };
  readonly secret: string;
}

describe('what an Admin makes, when the answer got lost and the request comes again', () => {
  it.each([
    ['/admin/users', { email: 'eve@example.com', name: 'Eve', roleId: 'member', password: 'first password' }],
    ['/admin/roles', { name: 'Night shift', permissions: ['view', 'reply'] }],
  ])('%s: is there once, and answered as it is', async (path, body) => {
    const first = await ada.post(path, body, as('k1'));
    expect(first.status).toBe(201);
    expect(await ada.post(path, body, as('k1'))).toMatchObject({ status: 201, body: first.body });
    const listed = (await ada.get<{ name: string }[]>(path)).body;
    expect(listed.filter(({ name }) => name === body.name)).toHaveLength(1);
    expect(await ada.post(path, { ...body, name: 'Another' }, as('k1'))).toMatchObject({
      status: 409,
      body: { code: 'IN_USE' },
    });
    // The same again without the key, or under another one, is another request.
    expect((await ada.post(path, body)).status).toBe(409);
    expect((await ada.post(path, body, as('k2'))).status).toBe(409);
  });

  it('is there once where both requests are under way at the same time', async () => {
    const role = { name: 'Early shift', permissions: ['view'] };
    const answers = await Promise.all([1, 2, 3].map(() => ada.post('/admin/roles', role, as('early'))));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
  });

  it('is one API key, with another secret in place of the one that nobody has', async () => {
    const body = { name: 'Report', scopes: ['view'] };
    const first = await ada.post<MadeKey>('/admin/api-keys', body, as('report'));
    const again = await ada.post<MadeKey>('/admin/api-keys', body, as('report'));
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body.key).toEqual(first.body.key);
    expect(again.body.secret).not.toBe(first.body.secret);
    expect(await users.countDocuments({ name: 'Report' })).toBe(1);
    const machine = new Client(world.gateway.url);
    machine.accessToken = first.body.secret;
    expect((await machine.get('/inboxes')).status).toBe(401);
    machine.accessToken = again.body.secret;
    expect((await machine.get('/inboxes')).status).toBe(200);
    // Now somebody has it.
    await users.updateOne({ id: first.body.key.id }, { $set: { 'machine.lastUsedAt': new Date() } });
    expect(await ada.post('/admin/api-keys', body, as('report'))).toMatchObject({
      status: 409,
      body: { code: 'IN_USE' },
    });
    expect((await machine.get('/inboxes')).status).toBe(200);
    expect(await ada.post('/admin/api-keys', { ...body, scopes: ['reply'] }, as('report'))).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('another API key') },
    });
  });

  it('has the same id in the other services, of one person and one key, and a new one without a key', async () => {
    const webhook = {
      id: 'we_1',
      url: 'https://crm.example.com',
      description: '',
      events: ['message.received' as const],
      active: true,
      createdAt: '2026-11-23T12:00:00.000Z',
      failingSince: null,
      disabledBecause: null,
      oldSecretUntil: null,
    };
    world.script.answer(CreateWebhook, () => ({ webhook, secret: 'whsec_1' }));
    world.script.answer(RotateWebhookSecret, () => ({ webhook, secret: 'whsec_2' }));
    world.script.answer(CreateTag, ({ tagId: id, name, colour }) => ({
      id,
      name,
      colour,
      retired: false,
      revision: 1,
    }));
    world.script.answer(CreateTemplate, ({ templateId: id, name, text, inboxId }) => ({
      id,
      name,
      text,
      inboxId,
      revision: 1,
    }));
    world.script.answer(CreateDirectoryRecord, ({ record }) => record);
    world.script.refuse(CreateCarrierAccount, { code: 'IN_USE', message: 'Taken.' });
    const asks: readonly [string, object, () => unknown][] = [
      [
        '/admin/webhooks',
        { url: webhook.url, events: webhook.events },
        () => world.script.requests(CreateWebhook).at(-1)?.id,
      ],
      [
        '/admin/webhooks/we_1/rotate',
        {},
        () => world.script.requests(RotateWebhookSecret).at(-1)?.rotationId,
      ],
      ['/admin/tags', { name: 'VIP', colour: 'red' }, () => world.script.requests(CreateTag).at(-1)?.tagId],
      [
        '/admin/templates',
        { name: 'Hi', text: 'Hello', inboxId: null },
        () => world.script.requests(CreateTemplate).at(-1)?.templateId,
      ],
      [
        '/admin/departments',
        { name: 'Billing', memberIds: ['ada'] },
        () => world.script.requests(CreateDirectoryRecord).at(-1)?.record['id'],
      ],
      [
        '/admin/carrier-accounts',
        { carrier: 'twilio', name: 'Main', settings: {}, secrets: {}, active: false },
        () => world.script.requests(CreateCarrierAccount).at(-1)?.account.id,
      ],
    ];
    await ada.send('PATCH', '/admin/users/ben', { roleId: 'admin' });
    for (const [path, body, idOf] of asks) {
      const ids: unknown[] = [];
      for (const [client, key] of [
        [ada, 'k'],
        [ada, 'k'],
        [ben, 'k'],
        [ada, 'l'],
        [ada, null],
      ] as const) {
        await client.post(path, body, key === null ? {} : as(key));
        ids.push(idOf());
      }
      expect(ids[1]).toBe(ids[0]);
      expect(new Set(ids).size).toBe(4);
      expect(ids).not.toContain(undefined);
    }
    await ada.send('PATCH', '/admin/users/ben', { roleId: 'member' });
    expect((await ada.post('/admin/tags', { name: 'x', colour: 'red' }, as('k'.repeat(129)))).status).toBe(
      400,
    );
  });
});
