import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  ChangeTemplate,
  CreateTemplate,
  ListInboxTemplates,
  ListTemplates,
  RemoveTemplate,
} from '@partyline/contracts';
import { newId } from '@partyline/kernel';
import { Company } from './support/company.js';
import { startWorld, type World } from './support/inbox-service.js';

let world: World;
let company: Company;
beforeAll(async () => {
  world = await startWorld();
  company = await Company.found(world.bus);
}, 60_000);
afterAll(() => world.stop());

const create = (who: string, over: Partial<{ name: string; text: string; inboxId: string | null }> = {}) =>
  company.ask(who, CreateTemplate, {
    templateId: newId('tp'),
    name: 'Hello',
    text: 'Hi {{contact.firstName|there}}',
    inboxId: null,
    ...over,
  });
const valueOf = (answer: Awaited<ReturnType<typeof create>>) => {
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
};
const namesFor = async (who: string, inboxId: string) =>
  (await company.get(who, ListInboxTemplates, { inboxId })).map(({ name }) => name);

it('a reply is offered those of its inbox and those of all, by name, to who sees it and may reply', async () => {
  const everywhere = valueOf(await create('ada', { name: 'Opening hours' }));
  const supports = valueOf(await create('ada', { name: 'Reset', inboxId: 'support' }));
  const sales = valueOf(await create('ada', { name: 'Prices', inboxId: 'sales' }));
  expect(await namesFor('cleo', 'support')).toEqual(['Opening hours', 'Reset']);
  expect(await namesFor('ben', 'sales')).toEqual(['Opening hours', 'Prices']);
  expect(await company.ask('cleo', ListInboxTemplates, { inboxId: 'sales' })).toMatchObject({
    ok: false,
    error: { code: 'NOT_FOUND' },
  });
  expect(await company.ask('olga', ListInboxTemplates, { inboxId: 'support' })).toMatchObject({
    ok: false,
    error: { code: 'FORBIDDEN' },
  });
  for (const { id } of [everywhere, supports, sales]) {
    await company.get('ada', RemoveTemplate, { templateId: id });
  }
  expect(await company.get('ada', ListTemplates, {})).toEqual([]);
});

it('only who manages inboxes keeps them', async () => {
  const { id } = valueOf(await create('ada'));
  const refusals = await Promise.all([
    create('ben'),
    company.ask('ben', ListTemplates, {}),
    company.ask('ben', ChangeTemplate, { templateId: id, name: 'Mine' }),
    company.ask('ben', RemoveTemplate, { templateId: id }),
  ]);
  for (const refusal of refusals) expect(refusal).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } });
  expect(await company.get('ada', ListTemplates, {})).toMatchObject([{ id, name: 'Hello' }]);
});

it('an unknown variable or inbox is refused, with what there is', async () => {
  expect(await create('ada', { text: 'Hi {{contact.age}}' })).toMatchObject({
    ok: false,
    error: { code: 'VALIDATION', message: expect.stringContaining('{{contact.firstName}}') },
  });
  expect(await create('ada', { inboxId: 'nowhere' })).toMatchObject({
    ok: false,
    error: { code: 'VALIDATION', issues: [{ path: 'inboxId' }] },
  });
  const { id } = valueOf(await create('ada'));
  expect(await company.ask('ada', ChangeTemplate, { templateId: id, text: '{{oops}}' })).toMatchObject({
    ok: false,
    error: { code: 'VALIDATION' },
  });
});

it('of two changes of what both saw the second is refused; the same creation again is answered as before', async () => {
  const request = { templateId: newId('tp'), name: 'Twice', text: 'Hi', inboxId: null };
  const first = await company.get('ada', CreateTemplate, request);
  expect(await company.get('ada', CreateTemplate, request)).toEqual(first);
  expect(await company.ask('ada', CreateTemplate, { ...request, text: 'Ho' })).toMatchObject({
    ok: false,
    error: { code: 'IN_USE' },
  });
  const changes = await Promise.all(
    ['one', 'two'].map((text) =>
      company.ask('ada', ChangeTemplate, { templateId: first.id, text, revision: first.revision }),
    ),
  );
  expect(changes.filter(({ ok }) => ok)).toHaveLength(1);
  expect(changes.find(({ ok }) => !ok)).toMatchObject({ error: { code: 'STALE' } });
  expect((await company.get('ada', ListTemplates, {})).find(({ id }) => id === first.id)?.revision).toBe(2);
});

it('another tenant has none of them', async () => {
  const { id } = valueOf(await create('ada', { name: 'Ours' }));
  const other = await Company.found(world.bus);
  expect(await other.get('ada', ListTemplates, {})).toEqual([]);
  expect(await other.ask('ada', ChangeTemplate, { templateId: id, name: 'Theirs' })).toMatchObject({
    ok: false,
    error: { code: 'NOT_FOUND' },
  });
  expect(await other.ask('ada', RemoveTemplate, { templateId: id })).toMatchObject({
    ok: false,
    error: { code: 'NOT_FOUND' },
  });
});
