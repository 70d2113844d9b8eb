import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import {
  ChangeTemplate,
  CreateTemplate,
  ListInboxTemplates,
  RemoveTemplate,
  type Template,
} from '@partyline/contracts';
import { startWorld, type World } from './support/world.js';

jest.setTimeout(60_000);

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());

const HELLO: Template = { id: 'tp_1', name: 'Hello', text: 'Hi', inboxId: null, revision: 1 };

it('templates are kept by who manages inboxes, and offered to who replies', async () => {
  world.script.answer(CreateTemplate, () => HELLO);
  world.script.answer(ChangeTemplate, () => ({ ...HELLO, revision: 2 }));
  world.script.answer(RemoveTemplate, () => ({ removed: true }));
  world.script.answer(ListInboxTemplates, () => [HELLO]);
  const [ada, ben] = [await world.signedIn('ada'), await world.signedIn('ben')];
  const body = { name: 'Hello', text: 'Hi', inboxId: null };
  expect(await ada.post('/admin/templates', body)).toMatchObject({ status: 201, body: HELLO });
  expect(world.script.requests(CreateTemplate).at(-1)).toMatchObject({ tenantId: 'demo', ...body });
  expect(await ada.post('/admin/templates', { name: '' })).toMatchObject({
    status: 400,
    body: { code: 'VALIDATION' },
  });
  expect(await ada.send('PATCH', '/admin/templates/tp_1', { name: 'Ho', revision: 1 })).toMatchObject({
    status: 200,
    body: { revision: 2 },
  });
  expect((await ada.send('DELETE', '/admin/templates/tp_1')).status).toBe(204);
  expect(await ben.post('/admin/templates', body)).toMatchObject({
    status: 403,
    body: { code: 'FORBIDDEN' },
  });
  expect(await ben.get('/inboxes/support/templates')).toMatchObject({ status: 200, body: [HELLO] });
  expect(world.script.requests(ListInboxTemplates).at(-1)).toMatchObject({
    userId: 'ben',
    inboxId: 'support',
  });
});
