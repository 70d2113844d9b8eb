import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import {
  ChangeTag,
  CreateTag,
  ListConversations,
  ListTags,
  TagConversation,
  type Tag,
} from '@partyline/contracts';
import { conversation } from './support/conversations.js';
import { startWorld, type World } from './support/world.js';

jest.setTimeout(60_000);

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());

const VIP: Tag = { id: 'tg_1', name: 'VIP', colour: 'purple', retired: false, revision: 1 };
const accepted = {
  conversation: { ...conversation({ tags: ['tg_1'] }), cursor: 0, unread: 0, allowed: {} },
  seq: 3,
};
const NOT_FOUND = { code: 'NOT_FOUND', message: 'There is no such conversation.' };

it('tags are known to all and kept by who manages inboxes', async () => {
  world.script.answer(ListTags, () => [VIP]);
  world.script.answer(CreateTag, () => VIP);
  world.script.answer(ChangeTag, () => ({ ...VIP, retired: true, revision: 2 }));
  const [ada, ben] = [await world.signedIn('ada'), await world.signedIn('ben')];
  const body = { name: 'VIP', colour: 'purple' };
  expect(await ada.post('/admin/tags', body)).toMatchObject({ status: 201, body: VIP });
  expect(world.script.requests(CreateTag).at(-1)).toMatchObject({ tenantId: 'demo', userId: 'ada', ...body });
  for (const bad of [
    { name: '', colour: 'red' },
    { name: 'x', colour: '#ff0000' },
    { name: 'x'.repeat(31) },
  ]) {
    expect(await ada.post('/admin/tags', bad)).toMatchObject({ status: 400, body: { code: 'VALIDATION' } });
  }
  expect(await ada.send('PATCH', '/admin/tags/tg_1', { retired: true, revision: 1 })).toMatchObject({
    status: 200,
    body: { retired: true, revision: 2 },
  });
  const denied = { status: 403, body: { code: 'FORBIDDEN' } };
  expect(await ben.post('/admin/tags', body)).toMatchObject(denied);
  expect(await ben.send('PATCH', '/admin/tags/tg_1', { name: 'Mine' })).toMatchObject(denied);
  expect(await ben.get('/tags')).toMatchObject({ status: 200, body: [VIP] });
});

it('are put on and taken off a conversation; one that is not theirs to see does not exist', async () => {
  world.script.answer(TagConversation, () => accepted);
  const ben = await world.signedIn('ben');
  const path = '/conversations/cv_1/tags';
  expect(await ben.post(path, { add: ['tg_1'] })).toMatchObject({ status: 200, body: { seq: 3 } });
  expect(world.script.requests(TagConversation).at(-1)).toMatchObject({
    tenantId: 'demo',
    userId: 'ben',
    conversationId: 'cv_1',
    add: ['tg_1'],
    remove: [],
  });
  expect((await ben.post(path, { add: 'tg_1' })).status).toBe(400);
  world.script.refuse(TagConversation, NOT_FOUND);
  expect(await ben.post(path, { add: ['tg_1'] })).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
});

it('are put on many at once, each with a result of its own, and need to be named', async () => {
  world.script.answer(TagConversation, () => accepted);
  const ben = await world.signedIn('ben');
  const items = [{ conversationId: 'cv_1' }, { conversationId: 'cv_2' }];
  const untagged = await ben.post('/conversations/bulk', { action: 'untag', tagId: 'tg_1', items });
  expect(untagged).toMatchObject({ status: 200, body: { results: [{ ok: true }, { ok: true }] } });
  expect(world.script.requests(TagConversation).slice(-2)).toMatchObject([
    { conversationId: 'cv_1', add: [], remove: ['tg_1'] },
    { conversationId: 'cv_2', add: [], remove: ['tg_1'] },
  ]);
  const unnamed = await ben.post('/conversations/bulk', { action: 'tag', items });
  expect(unnamed.body).toMatchObject({
    results: [{ ok: false, problem: { code: 'VALIDATION' } }, { ok: false }],
  });
});

it('filter a list, and stand in the OpenAPI document', async () => {
  world.script.answer(ListConversations, () => ({ items: [], nextCursor: null }));
  const ben = await world.signedIn('ben');
  expect((await ben.get('/inboxes/support/conversations?status=done&tag=tg_1')).status).toBe(200);
  expect(world.script.requests(ListConversations).at(-1)).toMatchObject({ status: 'done', tag: 'tg_1' });
  const answer = await fetch(`${world.gateway.url}/openapi.json`);
  const body = (await answer.json()) as { paths: Record<string, object> };
  expect(Object.keys(body.paths)).toEqual(
    expect.arrayContaining([
      '/api/v1/tags',
      '/api/v1/conversations/{id}/tags',
      '/api/v1/admin/tags',
      '/api/v1/admin/tags/{id}',
    ]),
  );
});
