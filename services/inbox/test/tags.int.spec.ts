import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  ChangeTag,
  CompleteConversation,
  ConversationTagged,
  CreateTag,
  ExportConversations,
  GetCounts,
  GetTimeline,
  ListAudit,
  ListConversations,
  ListTags,
  SnoozeConversation,
  TagConversation,
  type Tag,
} from '@partyline/contracts';
import { newId } from '@partyline/kernel';
import { eventually } from '@partyline/testing';
import { Company } from './support/company.js';
import { startWorld, type World } from './support/inbox-service.js';

let world: World;
let company: Company;
beforeAll(async () => {
  world = await startWorld();
  company = await Company.found(world.bus);
}, 60_000);
afterAll(() => world.stop());

const create = (name: string, who = 'ada') =>
  company.ask(who, CreateTag, { tagId: newId('tg'), name, colour: 'blue' });
async function made(name: string): Promise<Tag> {
  const answer = await create(name);
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
}
const put = (who: string, conversationId: string, add: string[], remove: string[] = []) =>
  company.command(who, TagConversation, { conversationId, add, remove });

it('are kept by who manages inboxes, each name once, and known to all who view', async () => {
  const tag = await made('Complaint');
  expect(await create('cOMPLAINT')).toMatchObject({
    ok: false,
    error: { code: 'VALIDATION', issues: [{ path: 'name' }] },
  });
  for (const refusal of [
    await create('Mine', 'ben'),
    await company.ask('ben', ChangeTag, { tagId: tag.id, name: 'Mine' }),
  ]) {
    expect(refusal).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } });
  }
  const again = { tagId: tag.id, name: 'Complaint', colour: 'blue' } as const;
  expect(await company.get('ada', CreateTag, again)).toEqual(tag);
  expect(await company.ask('ada', CreateTag, { ...again, colour: 'red' })).toMatchObject({
    error: { code: 'IN_USE' },
  });
  expect(await company.get('olga', ListTags, {})).toEqual([tag]);
  const renamed = { tagId: tag.id, name: 'Trouble', colour: 'red', revision: 1 } as const;
  expect(await company.get('ada', ChangeTag, renamed)).toMatchObject({ name: 'Trouble', revision: 2 });
  expect(await company.ask('ada', ChangeTag, renamed)).toMatchObject({ error: { code: 'STALE' } });
  expect(await company.ask('ada', ChangeTag, { tagId: 'tg_no', name: 'X' })).toMatchObject({
    error: { code: 'NOT_FOUND' },
  });
});

it('another company has its own: it neither sees these nor can put them on, nor tag what is not its own', async () => {
  const tag = await made('Ours');
  const id = await company.newConversation();
  const other = await Company.found(world.bus);
  expect(await other.get('ada', ListTags, {})).toEqual([]);
  const theirs = await other.newConversation();
  expect(
    await other.command('ada', TagConversation, { conversationId: theirs, add: [tag.id], remove: [] }),
  ).toMatchObject({ ok: false, error: { code: 'VALIDATION' } });
  expect(
    await other.command('ada', TagConversation, { conversationId: id, add: [tag.id], remove: [] }),
  ).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
  expect(await other.ask('ada', ChangeTag, { tagId: tag.id, name: 'Theirs' })).toMatchObject({
    error: { code: 'NOT_FOUND' },
  });
});

it('stand in the log by their ids, once however often they are put on, with who did it', async () => {
  const [urgent, vip] = [await made('Urgent'), await made('VIP')];
  const id = await company.newConversation();
  const first = await put('cleo', id, [urgent.id]);
  const same = await put('ben', id, [urgent.id]);
  expect(first).toMatchObject({ ok: true, value: { conversation: { tags: [urgent.id] } } });
  expect(same).toEqual({ ok: true, value: expect.objectContaining({ seq: first.ok ? first.value.seq : 0 }) });
  await put('cleo', id, [vip.id], [urgent.id]);
  const { items } = await company.get('ben', GetTimeline, { conversationId: id, limit: 50 });
  expect(items.filter(({ type }) => type === 'conversation.tagged')).toMatchObject([
    { actor: { id: 'cleo' }, data: { added: [urgent.id], removed: [] } },
    { actor: { id: 'cleo' }, data: { added: [vip.id], removed: [urgent.id] } },
  ]);
  const subject = ConversationTagged.subject(company.tenantId, 'support');
  await eventually(async () =>
    expect((await world.bus.lastHeld(ConversationTagged, subject))?.data).toMatchObject({
      event: { added: [vip.id] },
      conversation: { id, tags: [vip.id] },
    }),
  );
  const trail = await company.get('ada', ListAudit, { type: 'conversation.tagged', limit: 10 });
  expect(trail.items).toMatchObject([
    { actor: { id: 'cleo' }, conversationId: id, data: { added: [vip.id] } },
    { actor: { id: 'cleo' }, conversationId: id },
  ]);
  const copies = await company.get('ada', ExportConversations, { inboxId: 'support', limit: 100 });
  expect(copies.items.find((each) => each.id === id)).toMatchObject({ tags: [vip.id] });
});

it('a retired one stays where it is, can be put on nothing more, and gives its name free', async () => {
  const [tag, id, next] = [
    await made('Spring'),
    await company.newConversation(),
    await company.newConversation(),
  ];
  await put('ben', id, [tag.id]);
  await company.get('ada', ChangeTag, { tagId: tag.id, retired: true });
  expect((await company.view('ben', id)).tags).toEqual([tag.id]);
  expect(await put('ben', next, [tag.id])).toMatchObject({ ok: false, error: { code: 'VALIDATION' } });
  await made('Spring');
  expect(await company.ask('ada', ChangeTag, { tagId: tag.id, retired: false })).toMatchObject({
    error: { code: 'VALIDATION' },
  });
});

it('filter every section in its order, and change no counts', async () => {
  const own = await Company.found(world.bus);
  const tag = await own.get('ada', CreateTag, { tagId: newId('tg'), name: 'Find me', colour: 'teal' });
  const ids = [];
  for (let i = 0; i < 5; i += 1) ids.push(await own.newConversation(`text ${i}`));
  const [free = '', mine = '', done = '', asleep = ''] = ids;
  const act = { seenSeq: 99, commandId: 'c' };
  for (const conversationId of [done, asleep]) {
    const { epoch: expectedEpoch } = await own.view('ada', conversationId);
    const request = { ...act, conversationId, expectedEpoch };
    await (conversationId === done
      ? own.get('ada', CompleteConversation, request)
      : own.get('ada', SnoozeConversation, { ...request, until: null }));
  }
  await own.command('ben', TagConversation, { conversationId: mine, add: [tag.id], remove: [] });
  const before = await own.get('ada', GetCounts, { inboxIds: ['support'] });
  for (const conversationId of [free, done, asleep]) {
    await own.command('ben', TagConversation, { conversationId, add: [tag.id], remove: [] });
  }
  expect(await own.get('ada', GetCounts, { inboxIds: ['support'] })).toEqual(before);
  const list = async (status: 'open' | 'done' | 'snoozed', owner: 'any' | 'unassigned' | 'me' = 'any') =>
    (
      await own.get('ada', ListConversations, { inboxId: 'support', status, owner, tag: tag.id, limit: 50 })
    ).items.map(({ id }) => id);
  expect(await list('open', 'unassigned')).toEqual([free, mine]);
  expect(await list('open')).toEqual([mine, free]);
  expect(await list('open', 'me')).toEqual([]);
  expect(await list('done')).toEqual([done]);
  expect(await list('snoozed')).toEqual([asleep]);
  await own.command('ben', TagConversation, { conversationId: free, add: [], remove: [tag.id] });
  expect(await list('open', 'unassigned')).toEqual([mine]);
});
