import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import {
  ClaimConversation,
  CompleteConversation,
  ConversationAssigned,
  GetTimeline,
  ListInboxMembers,
  ReturnConversation,
  type InboxDefinition,
} from '@partyline/contracts';
import { eventually } from '@partyline/testing';
import { Company } from './support/company.js';
import { startWorld, type World } from './support/inbox-service.js';

const TEAM = ['ada', 'ben', 'cleo', 'dev', 'olga'];
let world: World;
let company: Company;
beforeAll(async () => {
  world = await startWorld();
}, 60_000);
afterAll(() => world.stop());
beforeEach(async () => {
  company = await Company.found(world.bus);
});

const policy = (changes: Partial<InboxDefinition>) =>
  world.bus.inbox(company.tenantId, 'support', TEAM, changes);
const is = (userId: string, availability: string, role: 'admin' | 'member' = 'member') =>
  world.bus.user(company.tenantId, userId, role, { availability });
const ownerOf = async (id: string) => (await company.view('ada', id)).owner?.id ?? null;
const owners = (ids: readonly string[]) => Promise.all(ids.map(ownerOf));
const take = (who: string, conversationId: string) =>
  company.command(who, ClaimConversation, { conversationId });
const assignments = async (conversationId: string) => {
  const { items } = await company.get('ada', GetTimeline, { conversationId, limit: 100 });
  return items.filter(({ type }) => type === 'conversation.assigned');
};

it('gives what lands in Unassigned to those who are available, in turn, as an entry of the system', async () => {
  await is('ada', 'away', 'admin');
  await is('dev', 'out_of_office');
  await policy({ autoAssign: { rule: 'round_robin', limit: 9 } });
  const ids: string[] = [];
  for (let i = 0; i < 4; i += 1) ids.push(await company.newConversation());
  await eventually(async () => expect(await owners(ids)).not.toContain(null));
  const given = await owners(ids);
  for (const who of ['ben', 'cleo']) expect(given.filter((owner) => owner === who)).toHaveLength(2);
  const [first = ''] = ids;
  expect(await assignments(first)).toMatchObject([
    { actor: { kind: 'system' }, data: { cause: 'direct', rule: 'round_robin' } },
  ]);
  await eventually(() =>
    expect(
      world.bus.heard(ConversationAssigned).filter(({ tenantId }) => tenantId === company.tenantId),
    ).toHaveLength(4),
  );
});

it('stops at the limit, and goes on when somebody finishes one or becomes available', async () => {
  for (const who of ['cleo', 'dev']) await is(who, 'away');
  await is('ada', 'away', 'admin');
  await policy({ autoAssign: { rule: 'least_busy', limit: 1 } });
  const first = await company.newConversation();
  await eventually(async () => expect(await ownerOf(first)).toBe('ben'));
  const second = await company.newConversation();
  const third = await company.newConversation();
  const { epoch, seq } = await company.view('ben', first);
  const finish = { conversationId: first, expectedEpoch: epoch, seenSeq: seq };
  expect(await owners([second, third])).toEqual([null, null]);
  await company.command('ben', CompleteConversation, finish);
  await eventually(async () => expect(await ownerOf(second)).toBe('ben'));
  expect(await ownerOf(third)).toBeNull();
  await is('cleo', 'available');
  await eventually(async () => expect(await ownerOf(third)).toBe('cleo'));
});

it('never fights with people: who takes one has it, and each has one owner from one entry', async () => {
  await policy({ autoAssign: { rule: 'least_busy', limit: 99 } });
  const ids = await Promise.all(Array.from({ length: 12 }, () => company.newConversation()));
  const answers = await Promise.all(ids.map((id) => take('dev', id)));
  await eventually(async () => expect(await owners(ids)).not.toContain(null));
  const now = await owners(ids);
  for (const [index, id] of ids.entries()) {
    expect(await assignments(id)).toHaveLength(1);
    if (answers[index]?.ok) expect(now[index]).toBe('dev');
  }
});

it('does not give it straight back to who returned it', async () => {
  for (const who of ['cleo', 'dev']) await is(who, 'away');
  await is('ada', 'away', 'admin');
  await policy({ autoAssign: { rule: 'round_robin', limit: 9 } });
  const id = await company.newConversation();
  await eventually(async () => expect(await ownerOf(id)).toBe('ben'));
  const { epoch } = await company.view('ben', id);
  await company.command('ben', ReturnConversation, { conversationId: id, expectedEpoch: epoch });
  const other = await company.newConversation();
  await eventually(async () => expect(await ownerOf(other)).toBe('ben'));
  expect(await ownerOf(id)).toBeNull();
  await is('cleo', 'available');
  await eventually(async () => expect(await ownerOf(id)).toBe('cleo'));
});

it('takes back what belongs to who goes out of office, once, where the inbox says so and only there', async () => {
  const id = await company.newConversation();
  const kept = await company.newConversation();
  await take('ben', id);
  await take('cleo', kept);
  await is('ben', 'away');
  await is('cleo', 'out_of_office');
  // Nothing is taken back without the policy, nor from who is away for a moment.
  await company.newConversation();
  expect(await owners([id, kept])).toEqual(['ben', 'cleo']);
  await policy({ returnWhenAway: true });
  await eventually(async () => expect(await ownerOf(kept)).toBeNull());
  expect(await ownerOf(id)).toBe('ben');
  await is('ben', 'out_of_office');
  await eventually(async () => expect(await ownerOf(id)).toBeNull());
  const { items } = await company.get('ada', GetTimeline, { conversationId: id, limit: 100 });
  expect(items.filter(({ type }) => type === 'conversation.returned')).toMatchObject([
    { actor: { kind: 'system' }, data: { cause: 'away', from: { id: 'ben' } } },
  ]);
  expect(await take('ben', id)).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } });
  const awayUntil = '2027-01-07T08:00:00.000Z';
  await world.bus.user(company.tenantId, 'ben', 'member', { availability: 'out_of_office', awayUntil });
  await eventually(async () =>
    expect(await company.get('ada', ListInboxMembers, { inboxId: 'support' })).toContainEqual(
      expect.objectContaining({ id: 'ben', availability: 'out_of_office', awayUntil, assignable: false }),
    ),
  );
});

it('finds after a restart what was left lying, and whose turn it is', async () => {
  for (const who of ['cleo', 'dev', 'ben']) await is(who, 'away');
  await is('ada', 'away', 'admin');
  await policy({ autoAssign: { rule: 'round_robin', limit: 9 } });
  const id = await company.newConversation();
  await world.restart();
  expect(await ownerOf(id)).toBeNull();
  await is('dev', 'available');
  await eventually(async () => expect(await ownerOf(id)).toBe('dev'), { timeoutMs: 20_000 });
  await is('ben', 'available');
  const next = await company.newConversation();
  await eventually(async () => expect(await ownerOf(next)).toBe('ben'));
}, 60_000);
