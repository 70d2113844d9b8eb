import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  ClaimConversation,
  ConversationWoken,
  GetCounts,
  GetTimeline,
  ListConversations,
  ListWaiting,
  SnoozeConversation,
} from '@partyline/contracts';
import { newId } from '@partyline/kernel';
import { eventually } from '@partyline/testing';
import { SNOOZED, WAKING } from '../src/adapters/mongo/indexes.js';
import { Company, OUR_NUMBER } from './support/company.js';
import { startWorld, type World } from './support/inbox-service.js';

let world: World;
let company: Company;
beforeAll(async () => {
  world = await startWorld();
  company = await Company.found(world.bus);
}, 60_000);
afterAll(() => world.stop());

/** A conversation of Ben's that he snoozed. */
async function snoozed(until: string | null) {
  const id = await company.newConversation();
  const claimed = await company.get('ben', ClaimConversation, { conversationId: id, commandId: newId('c') });
  const { conversation } = await company.get('ben', SnoozeConversation, {
    conversationId: id,
    commandId: newId('c'),
    expectedEpoch: claimed.conversation.epoch,
    seenSeq: claimed.seq,
    until,
  });
  return { id, conversation, peer: conversation.peers[0] ?? '' };
}
const list = async (status: 'open' | 'snoozed', owner: 'any' | 'me' = 'any') =>
  (await company.get('ben', ListConversations, { inboxId: 'support', status, owner, limit: 50 })).items.map(
    ({ id }) => id,
  );

it('takes it out of the open lists and counts into the Snoozed one, the next to wake first', async () => {
  const someday = await snoozed(null);
  const later = await snoozed('2027-11-01T08:00:00Z');
  const sooner = await snoozed('2027-10-01T08:00:00.000Z');
  expect(later.conversation).toMatchObject({ status: 'open', owner: { id: 'ben' }, unread: 0 });
  expect(later.conversation.snoozed).toMatchObject({ until: '2027-11-01T08:00:00.000Z' });
  expect(await list('snoozed')).toEqual([sooner.id, later.id, someday.id]);
  expect(await list('open')).toEqual([]);
  const counts = await company.get('ben', GetCounts, { inboxIds: ['support'] });
  expect(counts['support']).toMatchObject({ mine: 0, others: 0, unassigned: 0, snoozed: 3 });
  // The customer's own word brings it back to its owner as new.
  const again = { from: someday.peer, to: OUR_NUMBER, text: 'me again' };
  await company.bus.land([company.bus.routed(company.tenantId, again)]);
  await eventually(async () => expect(await list('open', 'me')).toEqual([someday.id]));
  expect(await company.view('ben', someday.id)).toMatchObject({ unread: 1, owner: { id: 'ben' } });
});

it('ends by itself, once, as new activity, and tells it on the stream', async () => {
  const { id } = await snoozed(new Date(Date.now() + 1_500).toISOString());
  await eventually(async () => expect((await company.view('ben', id)).snoozed ?? null).toBeNull());
  expect(await company.view('ben', id)).toMatchObject({ unread: 1, owner: { id: 'ben' } });
  const { items } = await company.get('ben', GetTimeline, { conversationId: id, limit: 50 });
  expect(items.filter(({ type }) => type === 'conversation.woken')).toHaveLength(1);
  const subject = ConversationWoken.subject(company.tenantId, 'support');
  await eventually(async () =>
    expect((await company.bus.lastHeld(ConversationWoken, subject))?.data).toMatchObject({
      event: { cause: 'time' },
      conversation: { id },
    }),
  );
});

it('wakes what became due while the service was down: the moment stands in the database, no timer anywhere', async () => {
  const { id } = await snoozed(new Date(Date.now() + 300).toISOString());
  await world.restart();
  await eventually(async () => expect((await company.view('ben', id)).snoozed ?? null).toBeNull(), {
    timeoutMs: 20_000,
  });
}, 60_000);

it('its lists are read from indexes that hold nothing else', async () => {
  const { tenantId } = company;
  const plan = async (filter: object, sort: Record<string, 1>, hint: object) => {
    const { executionStats } = await world.database.conversations
      .find({ tenantId, ...filter })
      .sort(sort)
      .hint(hint)
      .explain('executionStats');
    return JSON.stringify(executionStats);
  };
  const page = await plan({ inboxId: 'support', status: 'snoozed' }, { sortAt: 1, _id: 1 }, SNOOZED);
  const due = await plan({ wakeAt: { $lte: '2030' } }, { wakeAt: 1 }, WAKING);
  for (const stats of [page, due]) {
    expect(stats).toContain('IXSCAN');
    expect(stats).not.toMatch(/COLLSCAN|"SORT"/);
  }
  const waiting = await world.bus.call(ListWaiting, { limit: 1000 });
  const ids = waiting.ok ? waiting.value.items.map(({ conversationId }) => conversationId) : ['?'];
  const asleep = await list('snoozed');
  expect(asleep.length).toBeGreaterThan(0);
  expect(ids.filter((id) => asleep.includes(id))).toEqual([]);
});
