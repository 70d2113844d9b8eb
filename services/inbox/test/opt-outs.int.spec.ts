import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  ChangeConsentSettings,
  ClaimConversation,
  ConsentChanged,
  GetConsentSettings,
  ListAudit,
  ListOptOuts,
  MessageQueued,
  ReplyToConversation,
  SetConsents,
  StartConversation,
  type ConsentRecord,
} from '@partyline/contracts';
import { newId } from '@partyline/kernel';
import { eventually } from '@partyline/testing';
import { Company, OUR_NUMBER } from './support/company.js';
import { startWorld, type World } from './support/inbox-service.js';

let world: World;
let company: Company;
beforeAll(async () => {
  world = await startWorld();
  company = await Company.found(world.bus);
}, 60_000);
afterAll(() => world.stop());

const text = (from: string, words: string) =>
  world.bus.land([world.bus.routed(company.tenantId, { from, to: OUR_NUMBER, text: words })]);
const peerOf = async (id: string) => (await company.view('ada', id)).peers[0] ?? '';
const isOut = async (id: string) => (await company.view('ada', id)).optedOut;
const note = (items: { peer: string; state: ConsentRecord['state']; number?: string; at?: string }[]) =>
  company.get('ada', SetConsents, { source: 'person', items });
const listed = async (q: string) =>
  (await company.get('ada', ListOptOuts, { state: 'opted_out', q, limit: 10 })).items;

it('a carrier that refuses a reply because of an opt-out is believed: nobody can write there again', async () => {
  const id = await company.newConversation();
  const peer = await peerOf(id);
  await company.command('ben', ClaimConversation, { conversationId: id });
  const reply = { conversationId: id, clientMessageId: 'c1', text: 'hi', media: [], claim: false };
  await company.command('ben', ReplyToConversation, reply);
  const sent = await world.database.timeline.findOne({ conversationId: id, 'events.type': 'message.queued' });
  const of = { tenantId: company.tenantId, conversationId: id, messageId: sent?.messageId ?? '' };
  await world.bus.status(of, 'failed', { errorClass: 'opted_out', rawCode: '21610' });
  await eventually(async () => expect(await isOut(id)).toBe(true));
  const again = await company.command('ben', ReplyToConversation, { ...reply, clientMessageId: 'c2' });
  expect(again).toMatchObject({ ok: false, error: { code: 'OPTED_OUT' } });
  expect(await listed(peer)).toMatchObject([
    { number: OUR_NUMBER, peer, keyword: '21610', source: 'carrier', by: null },
  ]);
  await text(peer, 'START');
  await eventually(async () => expect(await isOut(id)).toBe(false));
});

it('what people note holds in every conversation, for customers who never wrote, and stands in the audit trail', async () => {
  const id = await company.newConversation();
  const peer = await peerOf(id);
  const stranger = company.customer();
  expect(
    await note([
      { peer, state: 'opted_out' },
      { peer: stranger, state: 'opted_out' },
    ]),
  ).toEqual([
    { peer, ok: true, numbers: 1, message: null },
    { peer: stranger, ok: true, numbers: 1, message: null },
  ]);
  expect(await isOut(id)).toBe(true);
  const start = { inboxId: 'support', to: stranger, clientMessageId: newId('cm'), text: 'hi' };
  expect(await company.command('ben', StartConversation, start)).toMatchObject({
    error: { code: 'OPTED_OUT' },
  });
  expect(await listed(stranger)).toMatchObject([{ source: 'person', by: { id: 'ada' } }]);
  const trail = await company.get('ada', ListAudit, { type: 'consent.changed', limit: 10 });
  expect(trail.items.filter((item) => item.conversationId === id)).toMatchObject([
    { actor: { kind: 'user', id: 'ada' }, data: { state: 'opted_out', source: 'person' } },
  ]);
  await note([{ peer, state: 'opted_in' }]);
  expect(await isOut(id)).toBe(false);
  const told = world.bus.heard(ConsentChanged).filter(({ aggregateId }) => aggregateId === id);
  expect(told.map(({ data }) => data.event.state)).toEqual(['opted_out', 'opted_in']);
});

it('an old file changes nothing that the customer said later, and says so', async () => {
  const id = await company.newConversation();
  const peer = await peerOf(id);
  await text(peer, 'STOP');
  await eventually(async () => expect(await isOut(id)).toBe(true));
  await text(peer, 'START');
  await eventually(async () => expect(await isOut(id)).toBe(false));
  const items = [{ peer, state: 'opted_out' as const, at: '2020-01-01T00:00:00.000Z' }];
  expect(await company.get('ada', SetConsents, { source: 'import', items })).toEqual([
    { peer, ok: false, numbers: 0, message: 'The customer said otherwise later, and that stands.' },
  ]);
  expect(await isOut(id)).toBe(false);
});

it.each([
  ['no number', { peer: 'not a number' }, 'This is no number that can be texted.'],
  ['a number that is not ours', { peer: '+14155550199', number: '+19995550100' }, 'not one of your numbers'],
])('%s is refused by itself', async (_case, item, message) => {
  const results = await note([{ ...item, state: 'opted_out' }]);
  expect(results).toMatchObject([{ ok: false, numbers: 0, message: expect.stringContaining(message) }]);
});

it('words of other languages count from when somebody says so', async () => {
  const id = await company.newConversation();
  const peer = await peerOf(id);
  await text(peer, 'Arrêt');
  await eventually(async () => expect((await company.view('ada', id)).seq).toBe(2));
  expect(await isOut(id)).toBe(false);
  await company.get('ada', ChangeConsentSettings, { languages: ['fr', 'es', 'fr'] });
  expect(await company.get('ada', GetConsentSettings, {})).toMatchObject({ languages: ['fr', 'es'] });
  await text(peer, 'ARRÊT');
  await eventually(async () => expect(await isOut(id)).toBe(true));
  expect(await listed(peer)).toMatchObject([{ keyword: 'ARRET', source: 'customer' }]);
});

it('are confirmed to customers whose carrier does not, in the company’s words, once', async () => {
  const own = 'Acme: Sie sind abgemeldet.';
  const languages = ['de' as const];
  const changed = await company.get('ada', ChangeConsentSettings, {
    languages,
    answersIn: 'de',
    answers: { de: { stop: own } },
  });
  expect(changed).toMatchObject({ languages, answersIn: 'de', answers: { de: { stop: own } } });
  const [ours, theirs] = [company.customer(), company.customer()];
  const stop = (from: string, more: object = {}) =>
    world.bus.routed(company.tenantId, { from, to: OUR_NUMBER, text: 'STOP', ...more });
  const told = stop(ours);
  await world.bus.land([told, stop(theirs, { answeredByCarrier: true })]);
  await text(ours, 'Stopp');
  await world.bus.land([told]);
  const answersTo = (peer: string) =>
    world.bus
      .heard(MessageQueued)
      .filter(({ data }) => data.event.to.includes(peer))
      .map(({ data }) => data.event);
  await eventually(() => expect(answersTo(ours)).toHaveLength(1));
  await eventually(async () => expect(await listed(theirs)).toHaveLength(1));
  expect(answersTo(ours)).toMatchObject([{ text: own, origin: 'auto', keyword: 'stop' }]);
  expect(answersTo(theirs)).toEqual([]);
  expect(await company.get('ada', ChangeConsentSettings, { languages: [] })).toMatchObject({
    languages: [],
    answers: { de: { stop: own } },
  });
});

it('are listed newest first, page by page', async () => {
  const peers = [company.customer(), company.customer(), company.customer()];
  for (const [index, peer] of peers.entries())
    await note([{ peer, state: 'opted_out', at: `2030-01-0${index + 1}T00:00:00.000Z` }]);
  const all: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await company.get('ada', ListOptOuts, {
      state: 'opted_out',
      limit: 2,
      ...(cursor === undefined ? {} : { cursor }),
    });
    all.push(...page.items.map(({ peer }) => peer));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  expect(all.slice(0, 3)).toEqual(peers.toReversed());
  expect(new Set(all).size).toBe(all.length);
});

it('are for who manages numbers and carriers', async () => {
  const refusals = await Promise.all([
    company.ask('ben', ListOptOuts, { state: 'opted_out', limit: 10 }),
    company.ask('ben', SetConsents, {
      source: 'person',
      items: [{ peer: '+14155550199', state: 'opted_out' }],
    }),
    company.ask('ben', GetConsentSettings, {}),
    company.ask('ben', ChangeConsentSettings, { languages: [] }),
  ]);
  for (const refusal of refusals) expect(refusal).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } });
});
