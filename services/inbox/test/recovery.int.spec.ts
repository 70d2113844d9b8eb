import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  ClaimConversation,
  ConsentChanged,
  ConversationAssigned,
  MessageQueued,
  MessageReceived,
  ReplyToConversation,
} from '@partyline/contracts';
import { conversationId } from '@partyline/kernel';
import { eventually } from '@partyline/testing';
import { mongo } from 'mongoose';
import { entryDocument } from '../src/adapters/mongo/entry-document.js';
import { settleUnknown } from '../src/adapters/mongo/settle-unknown.js';
import { ConversationLog, OutcomeUnknown, projectedOf } from '../src/application/log/conversation-log.js';
import { RelayEntries } from '../src/application/upkeep/relay-entries.js';
import { NONE } from '../src/domain/conversation.js';
import { decide } from '../src/domain/decide/decide.js';
import { Company, OUR_NUMBER } from './support/company.js';
import { startWorld, type World } from './support/inbox-service.js';
import { around, inbound, SUPPORT } from './support/story.js';

let world: World;
let company: Company;
beforeAll(async () => {
  world = await startWorld();
  company = await Company.found(world.bus);
}, 60_000);
afterAll(() => world.stop());

/** The first entry of a new conversation, as the log would insert it now. */
function firstEntry(peer = company.customer()) {
  const id = conversationId(company.tenantId, 'support', OUR_NUMBER, [peer]);
  const command = inbound('hello', { from: peer, messageId: `ms_${peer}` });
  const place = { ...command.place, conversationId: id, number: OUR_NUMBER, peers: [peer] };
  const decision = decide(NONE, { ...command, place }, around());
  if (!decision.ok) throw new Error(decision.error.message);
  const entry = {
    id: new mongo.ObjectId().toHexString(),
    tenantId: company.tenantId,
    conversationId: id,
    inbox: { id: 'support', kind: SUPPORT.kind },
    seq: 1,
    at: new Date().toISOString(),
    actor: { kind: 'contact' as const, id: peer },
    origin: { correlationId: 'co_x' },
    messageId: `ms_${peer}`,
    events: decision.value,
  };
  return { id, document: entryDocument(projectedOf(entry, NONE), new Date()) };
}

const anHourAhead = () => new Date(Date.now() + 3_600_000).toISOString();

describe('killed between insert and projection', () => {
  it('is told by the relay at once, also where the clock of the one that died ran ahead', async () => {
    const { id, document } = firstEntry();
    await world.database.timeline.insertOne({ ...document, unpublished: anHourAhead() });
    await eventually(() =>
      expect(world.bus.heard(MessageReceived).some(({ aggregateId }) => aggregateId === id)).toBe(true),
    );
  });

  it('is shown and told by the relay', async () => {
    const { id, document } = firstEntry();
    await world.database.timeline.insertOne(document);
    await eventually(() =>
      expect(company.view('ben', id)).resolves.toMatchObject({ status: 'open', seq: 1 }),
    );
    await eventually(() => {
      const told = world.bus.heard(MessageReceived).filter(({ aggregateId }) => aggregateId === id);
      expect(told[0]).toMatchObject({ seq: 1, data: { conversation: { id, seq: 1 } } });
    });
    await eventually(async () => {
      const entry = await world.database.timeline.findOne({ _id: document._id });
      return entry?.unpublished === undefined;
    });
  });

  it('is shown although its text comes again, and is told again, before any relay looks', async () => {
    const { id, document } = firstEntry();
    await world.database.timeline.insertOne(document);
    const routed = world.bus.routed(company.tenantId, { from: document.actor.id, to: OUR_NUMBER });
    const { messageId = '' } = document;
    await world.bus.land([{ ...routed, message: { ...routed.message, messageId } }]);
    await eventually(async () => {
      const entry = await world.database.timeline.findOne({ _id: document._id });
      expect(entry?.unpublished).toBeUndefined();
    });
    expect(await company.view('ben', id)).toMatchObject({ status: 'open', seq: 1 });
  });

  it('is built upon by whoever comes next, before any relay', async () => {
    const { id, document } = firstEntry();
    await world.database.timeline.insertOne(document);
    const peer = document.actor.id;
    await world.bus.land([
      world.bus.routed(company.tenantId, { from: peer, to: OUR_NUMBER, text: 'and more' }),
    ]);
    await eventually(async () =>
      expect(await company.view('ben', id)).toMatchObject({ seq: 2, status: 'open' }),
    );
  });

  it('a projection that was lost is built again, and cursors that were kept stay', async () => {
    const id = await company.newConversation();
    await company.command('ben', ClaimConversation, { conversationId: id });
    const shown = await world.database.conversations.findOne({ _id: id });
    if (!shown) throw new Error('not shown');
    const { _id, tenantId } = shown;
    await world.database.conversations.replaceOne(
      { _id },
      { ...shown, seq: 1, epoch: 1, cursors: { cleo: 1 } },
    );
    await world.service.app.get(ConversationLog).repair({ tenantId, conversationId: id });
    const repaired = await world.database.conversations.findOne({ _id });
    expect(repaired).toEqual({ ...shown, cursors: { cleo: 1 } });
  });
});

describe('every stream lost', () => {
  it('commands are accepted and told as before', async () => {
    const id = await company.newConversation();
    const settled = () =>
      eventually(
        async () => (await world.database.timeline.countDocuments({ unpublished: { $exists: true } })) === 0,
      );
    await settled();
    await world.nats.restartEmpty();
    await world.bus.makeStreams();
    await eventually(() => company.view('ben', id), { timeoutMs: 30_000 });
    const answer = await company.command('ben', ClaimConversation, { conversationId: id });
    expect(answer.ok).toBe(true);
    await eventually(
      () => {
        const told = world.bus.heard(ConversationAssigned).filter(({ aggregateId }) => aggregateId === id);
        expect(told).toHaveLength(1);
      },
      { timeoutMs: 30_000 },
    );
    await settled();
  }, 90_000);

  it('tells again who must not be texted, and nothing else', async () => {
    const id = await company.newConversation();
    const from = (await company.view('ben', id)).peers[0] ?? '';
    await world.bus.land([world.bus.routed(company.tenantId, { from, to: OUR_NUMBER, text: 'STOP' })]);
    const told = () => world.bus.heard(ConsentChanged).filter(({ aggregateId }) => aggregateId === id);
    await eventually(() => expect(told()).toHaveLength(1));
    await eventually(
      async () => (await world.database.timeline.countDocuments({ unpublished: { $exists: true } })) === 0,
    );
    await world.nats.restartEmpty();
    await world.bus.makeStreams();
    const subject = ConsentChanged.subject(company.tenantId, 'support');
    await eventually(
      async () => expect(await world.bus.lastHeld(ConsentChanged, subject)).toEqual(told()[0]),
      { timeoutMs: 30_000 },
    );
    const texts = MessageReceived.subject(company.tenantId, 'support');
    expect(await world.bus.lastHeld(MessageReceived, texts)).toBeNull();
  }, 90_000);
});

describe('a reply that delivery does not speak of', () => {
  it.each([
    ['is told again, later and later', () => new Date(0).toISOString()],
    ['is told again, too, where it was to be told by a clock that ran ahead', anHourAhead],
  ])('%s', async (_case, due) => {
    const id = await company.newConversation();
    const reply = { conversationId: id, clientMessageId: 'c1', text: 'hi', media: [], claim: true };
    expect(await company.command('ben', ReplyToConversation, reply)).toMatchObject({ ok: true });
    const told = () => world.bus.heard(MessageQueued).filter(({ aggregateId }) => aggregateId === id).length;
    await eventually(() => expect(told()).toBe(1));
    const isOverdue = { $set: { awaiting: { due: due(), tries: 0 } } };
    await world.database.timeline.updateOne({ conversationId: id, seq: 2 }, isOverdue);
    await world.service.app.get(RelayEntries).remindDelivery();
    await eventually(() => expect(told()).toBe(2));
    const entry = await world.database.timeline.findOne({ conversationId: id, seq: 2 });
    expect(entry?.awaiting?.tries).toBe(1);
    expect(Date.parse(entry?.awaiting?.due ?? '') - Date.now()).toBeGreaterThan(50_000);
  });
});

describe('an insert whose answer was lost', () => {
  const lost = new Error('connection closed');

  it('that was written counts as committed', async () => {
    const { document } = firstEntry();
    await world.database.timeline.insertOne(document);
    expect(await settleUnknown(world.database.timeline, [document], lost)).toEqual(['committed']);
  });
  it('that was not written is written, once', async () => {
    const { document, id } = firstEntry();
    const both = settleUnknown(world.database.timeline, [document, document], lost);
    expect(await both).toEqual(['committed', 'committed']);
    expect(await world.database.timeline.countDocuments({ conversationId: id })).toBe(1);
  });
  it('whose place another took is lost', async () => {
    const { document } = firstEntry();
    await world.database.timeline.insertOne({
      ...document,
      _id: new mongo.ObjectId(),
      messageId: 'ms_other_1',
    });
    expect(await settleUnknown(world.database.timeline, [document], lost)).toEqual(['taken']);
  });
  it('of a text that stands elsewhere is a repeat', async () => {
    const { document } = firstEntry();
    await world.database.timeline.insertOne({
      ...document,
      _id: new mongo.ObjectId(),
      conversationId: 'cv_else',
    });
    expect(await settleUnknown(world.database.timeline, [document], lost)).toEqual(['repeated']);
  });
  it('from a database that stays silent is unknown', async () => {
    const { document } = firstEntry();
    const client = new mongo.MongoClient('mongodb://127.0.0.1:1', { serverSelectionTimeoutMS: 50 });
    const silent = client.db('x').collection<typeof document>('timeline');
    await expect(settleUnknown(silent, [document], lost)).rejects.toThrow(OutcomeUnknown);
    await client.close();
  });
});

describe('a restart', () => {
  it('changes nothing that was answered', async () => {
    const id = await company.newConversation();
    await company.command('ben', ClaimConversation, { conversationId: id });
    const before = await company.view('ben', id);
    await world.restart();
    await eventually(async () => expect(await company.view('ben', id)).toEqual(before), {
      timeoutMs: 30_000,
    });
  }, 60_000);
});
