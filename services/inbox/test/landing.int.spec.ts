import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  ClaimConversation,
  CompleteConversation,
  ConsentChanged,
  ConversationReturned,
  GetTimeline,
  MessageQueued,
  MessageReceived,
  MessageStatusChanged,
  ReplyToConversation,
  StartConversation,
} from '@partyline/contracts';
import { conversationId, newId } from '@partyline/kernel';
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

const text = (from: string, words = 'hello', changes = {}) =>
  world.bus.routed(company.tenantId, { from, to: OUR_NUMBER, text: words, ...changes });
const seqsOf = async (id: string): Promise<number[]> => {
  const entries = await world.database.timeline.find({ conversationId: id }).sort({ seq: 1 }).toArray();
  return entries.map(({ seq }) => seq);
};
const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);
const done = (userId: string, id: string, expectedEpoch: number) =>
  company.command(userId, CompleteConversation, { conversationId: id, expectedEpoch, seenSeq: 99 });

describe('landing', () => {
  it('fifty first texts at once of one customer: one conversation, fifty messages, a log without gaps', async () => {
    const from = company.customer();
    const id = company.conversationWith(from);
    const texts = upTo(50).map((n) => text(from, `text ${n}`));
    await world.bus.land(texts);
    await eventually(async () => expect(await seqsOf(id)).toEqual(upTo(50)));
    const entries = await world.database.timeline.find({ conversationId: id }).toArray();
    expect(new Set(entries.map(({ messageId }) => messageId))).toEqual(
      new Set(texts.map(({ message }) => message.messageId)),
    );
    expect(
      await world.database.conversations.countDocuments({ tenantId: company.tenantId, peers: from }),
    ).toBe(1);
    await eventually(async () =>
      expect(await company.view('ben', id)).toMatchObject({ seq: 50, unread: 10 }),
    );
  });

  it('ten deliveries of each text: it stands there once, and its receipt is told of', async () => {
    const from = company.customer();
    const id = company.conversationWith(from);
    const texts = upTo(5).map((n) => text(from, `text ${n}`));
    await world.bus.land(texts, 10);
    await eventually(async () => expect(await seqsOf(id)).toEqual(upTo(5)));
    const receipts = texts.map(({ message }) => message.receiptId).sort();
    await eventually(() => {
      const told = world.bus.heard(MessageReceived).map(({ data }) => data.event.receiptId);
      expect([...new Set(told)].filter((receipt) => receipts.includes(receipt)).sort()).toEqual(receipts);
    });
    await eventually(() =>
      world.database.timeline
        .countDocuments({ conversationId: id, unpublished: { $exists: true } })
        .then((n) => n === 0),
    );
    expect(await seqsOf(id)).toEqual(upTo(5));
  });

  it('a redelivered text is told again, with the conversation as it was then', async () => {
    const from = company.customer();
    const id = company.conversationWith(from);
    const first = text(from);
    await world.bus.land([first]);
    await eventually(() => company.view('ben', id));
    await company.command('ben', ClaimConversation, { conversationId: id });
    const isFirst = ({ data }: { data: { event: { receiptId: string } } }) =>
      data.event.receiptId === first.message.receiptId;
    const before = world.bus.heard(MessageReceived).filter(isFirst).length;
    await world.bus.land([first]);
    const again = await eventually(() => {
      const told = world.bus.heard(MessageReceived).filter(isFirst);
      expect(told.length).toBeGreaterThan(before);
      return told.at(-1);
    });
    expect(again).toMatchObject({ seq: 1, epoch: 1, data: { conversation: { seq: 1, owner: null } } });
  });

  it('any script, a long one, an empty one with a picture', async () => {
    const from = company.customer();
    const words = ['x'.repeat(1600), 'שלום 👩‍👩‍👧‍👦', ''];
    const media = [{ id: 'm1', url: 'https://media.test/1.jpg', contentType: 'image/jpeg' }];
    await world.bus.land(words.map((word) => text(from, word, word === '' ? { media } : {})));
    const id = company.conversationWith(from);
    await eventually(async () => expect(await seqsOf(id)).toEqual([1, 2, 3]));
    const { items } = await company.get('ben', GetTimeline, { conversationId: id, limit: 50 });
    const landed = items.flatMap((item) => (item.type === 'message.received' ? [item.data.text] : []));
    expect(landed.sort()).toEqual(words.sort());
  });

  it('a group is one conversation, whoever of it writes', async () => {
    const [a, b] = [company.customer(), company.customer()];
    await world.bus.land([text(a, 'one', { group: [b] }), text(b, 'two', { group: [a] })]);
    await eventually(async () => expect(await seqsOf(company.conversationWith(b, a))).toEqual([1, 2]));
  });

  it('a text for an inbox that nobody told of yet still lands', async () => {
    const from = company.customer();
    const route = { inboxId: 'member-ben', inboxKind: 'member' as const, memberId: 'ben' };
    await world.bus.land([world.bus.routed(company.tenantId, { from, to: OUR_NUMBER }, route)]);
    const id = conversationId(company.tenantId, 'member-ben', OUR_NUMBER, [from]);
    await eventually(async () => expect(await seqsOf(id)).toEqual([1]));
    await expect(company.view('cleo', id)).rejects.toThrow('NOT_FOUND');
    await world.bus.inbox(company.tenantId, 'member-ben', ['ben'], { kind: 'member' });
    await eventually(async () =>
      expect(await company.view('ben', id)).toMatchObject({ owner: { id: 'ben', name: 'Ben' }, unread: 1 }),
    );
  });
});

describe('Done and the customer', () => {
  it('whoever comes first, nothing is lost', async () => {
    const id = await company.newConversation();
    const { peers } = await company.view('ada', id);
    await company.command('ben', ClaimConversation, { conversationId: id });
    const outcomes = await Promise.all([
      world.bus.land([text(peers[0] ?? '', 'wait')]),
      company.command('ben', CompleteConversation, { conversationId: id, expectedEpoch: 2, seenSeq: 2 }),
    ]);
    await eventually(async () => expect((await company.view('ada', id)).lastInboundSeq).toBeGreaterThan(1));
    const view = await company.view('ada', id);
    expect(view.status).toBe('open');
    expect(view.owner?.id ?? null).toBe(outcomes[1].ok ? null : 'ben');
  });

  it('a text reopens to Unassigned, or to the last owner where the inbox says so', async () => {
    const id = await company.newConversation();
    const { peers } = await company.view('ada', id);
    await company.command('ben', ClaimConversation, { conversationId: id });
    await done('ben', id, 2);
    await world.bus.land([text(peers[0] ?? '')]);
    await eventually(async () =>
      expect(await company.view('cleo', id)).toMatchObject({ status: 'open', unread: 1 }),
    );
    expect((await company.view('cleo', id)).owner).toBeNull();
  });
});

describe('STOP', () => {
  it('never reopens, blocks sending in every conversation of the two numbers, until START', async () => {
    const id = await company.newConversation();
    const from = (await company.view('ada', id)).peers[0] ?? '';
    const sales = conversationId(company.tenantId, 'sales', OUR_NUMBER, [from]);
    await world.bus.land([
      world.bus.routed(company.tenantId, { from, to: OUR_NUMBER }, { inboxId: 'sales' }),
    ]);
    await eventually(() => company.view('ben', sales));
    await company.command('ben', ClaimConversation, { conversationId: id });
    await company.command('ben', ClaimConversation, { conversationId: sales });
    await done('ben', id, 2);
    await world.bus.land([text(from, 'Stop!')]);
    await eventually(async () => {
      expect(await company.view('ben', id)).toMatchObject({ status: 'done', optedOut: true });
      expect(await company.view('ben', sales)).toMatchObject({ status: 'open', optedOut: true });
    });
    const reply = { conversationId: sales, clientMessageId: 'c1', text: 'hi', media: [], claim: false };
    const refused = await company.command('ben', ReplyToConversation, reply);
    expect(refused).toMatchObject({
      ok: false,
      error: { code: 'OPTED_OUT', conversation: { optedOut: true } },
    });
    const start = { inboxId: 'support', to: from, clientMessageId: 'c2', text: 'hi' };
    expect(await company.command('ben', StartConversation, start)).toMatchObject({
      error: { code: 'OPTED_OUT' },
    });
    await world.bus.land([text(from, 'START')]);
    await eventually(async () => expect((await company.view('ben', sales)).optedOut).toBe(false));
    expect(await company.command('ben', ReplyToConversation, reply)).toMatchObject({ ok: true });
  });

  it('holds where the customer said it last, though an earlier START lands after it', async () => {
    const id = await company.newConversation();
    const from = (await company.view('ada', id)).peers[0] ?? '';
    const said = (words: string, second: number) =>
      world.bus.land([text(from, words, { receivedAt: `2026-11-23T12:00:0${second}.000Z` })]);
    await said('STOP', 1);
    await eventually(async () => expect((await company.view('ben', id)).optedOut).toBe(true));
    await said('STOP', 3);
    await eventually(async () => {
      const word = await world.database.consents.findOne({ tenantId: company.tenantId, peer: from });
      expect(word?.at).toBe('2026-11-23T12:00:03.000Z');
    });
    await said('START', 2);
    await eventually(() => {
      const told = world.bus.heard(ConsentChanged).filter(({ aggregateId }) => aggregateId === id);
      expect(told.map(({ data }) => [data.event.state, data.event.saidAt])).toEqual([
        ['opted_out', '2026-11-23T12:00:01.000Z'],
        ['opted_in', '2026-11-23T12:00:02.000Z'],
        ['opted_out', '2026-11-23T12:00:03.000Z'],
      ]);
    });
    expect(await company.view('ben', id)).toMatchObject({ optedOut: true });
  });
});

describe('a welcome menu', () => {
  it('answers, and its dialogue closes when the customer chose on', async () => {
    const from = company.customer();
    const menu = conversationId(company.tenantId, 'sales', OUR_NUMBER, [from]);
    const asked = { inboxId: 'sales', autoReply: 'Reply 1 for Support' };
    await world.bus.land([world.bus.routed(company.tenantId, { from, to: OUR_NUMBER, text: 'hi' }, asked)]);
    await eventually(() => {
      const told = world.bus.heard(MessageQueued).filter(({ aggregateId }) => aggregateId === menu);
      expect(told[0]?.data.event).toMatchObject({ text: 'Reply 1 for Support', origin: 'auto', to: [from] });
    });
    const chosen = { leavesInboxId: 'sales' };
    await world.bus.land([world.bus.routed(company.tenantId, { from, to: OUR_NUMBER, text: '1' }, chosen)]);
    await eventually(async () => expect(await company.view('ben', menu)).toMatchObject({ status: 'done' }));
    expect(await company.view('ben', company.conversationWith(from))).toMatchObject({ status: 'open' });
  });
});

describe('statuses', () => {
  it('land forward only, and what is known is told again', async () => {
    const id = await company.newConversation();
    const clientMessageId = newId('cm');
    await company.command('ben', ReplyToConversation, {
      conversationId: id,
      clientMessageId,
      text: 'hi',
      media: [],
      claim: true,
    });
    const entry = await world.database.timeline.findOne({ conversationId: id, seq: 2 });
    expect(entry?.awaiting).toBeDefined();
    const of = { tenantId: company.tenantId, conversationId: id, messageId: entry?.messageId ?? '' };
    await world.bus.status(of, 'delivered');
    await world.bus.status(of, 'sent');
    const told = () => world.bus.heard(MessageStatusChanged).filter(({ aggregateId }) => aggregateId === id);
    await eventually(() => expect(told().length).toBeGreaterThan(1));
    expect(new Set(told().map(({ data }) => data.event.status))).toEqual(new Set(['delivered']));
    expect(await seqsOf(id)).toEqual([1, 2, 3]);
    const after = await world.database.timeline.findOne({ conversationId: id, seq: 2 });
    expect(after?.awaiting).toBeUndefined();
  });
});

describe('an owner who leaves', () => {
  it.each([
    ['the inbox', 'left', () => world.bus.inbox(company.tenantId, 'support', ['ada', 'ben', 'cleo', 'olga'])],
    ['the company', 'disabled', () => world.bus.user(company.tenantId, 'dev', 'member', { active: false })],
    ['the Members', 'left', () => world.bus.user(company.tenantId, 'dev', 'observer')],
  ])('%s gives back what they had', async (_, cause, leave) => {
    await world.bus.user(company.tenantId, 'dev', 'member');
    await world.bus.inbox(company.tenantId, 'support', ['ada', 'ben', 'cleo', 'dev', 'olga']);
    const id = await company.newConversation();
    const bens = await company.newConversation();
    await eventually(async () => {
      const taken = await company.command('dev', ClaimConversation, { conversationId: id });
      return taken.ok;
    });
    await company.command('ben', ClaimConversation, { conversationId: bens });
    await leave();
    await eventually(async () => expect((await company.view('ada', id)).owner).toBeNull());
    await eventually(() => {
      const told = world.bus.heard(ConversationReturned).filter(({ aggregateId }) => aggregateId === id);
      expect(told.at(-1)?.data.event).toEqual({ from: { id: 'dev', name: 'Dev' }, cause });
    });
    expect((await company.view('ada', bens)).owner?.id).toBe('ben');
  });
});
