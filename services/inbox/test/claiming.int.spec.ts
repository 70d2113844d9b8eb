import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  AddNote,
  AssignConversation,
  ClaimConversation,
  CompleteConversation,
  ConversationAssigned,
  GetTimeline,
  MessageQueued,
  ReopenConversation,
  ReplyToConversation,
  ReturnConversation,
  StartConversation,
  TransferConversation,
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

const reply = (conversationId: string, text = 'hi') => ({
  conversationId,
  clientMessageId: newId('cm'),
  text,
  media: [],
  claim: false,
});

describe('claiming', () => {
  it('twenty people at once: one owner, and nineteen are told who and when', async () => {
    const people = Array.from({ length: 20 }, (_, i) => `racer${i}`);
    for (const person of people) await world.bus.user(company.tenantId, person, 'member');
    await world.bus.inbox(company.tenantId, 'support', ['ada', 'ben', 'cleo', 'dev', 'olga', ...people]);
    const id = await company.newConversation();
    await eventually(() => Promise.all(people.map((person) => company.view(person, id))));
    const answers = await Promise.all(
      people.map((person) => company.command(person, ClaimConversation, { conversationId: id })),
    );
    const winners = answers.filter((answer) => answer.ok);
    expect(winners).toHaveLength(1);
    const { owner, changedAt } = await company.view('ada', id);
    for (const answer of answers) {
      if (answer.ok) {
        expect(answer.value.conversation.owner).toEqual(owner);
        continue;
      }
      expect(answer.error).toMatchObject({ code: 'ASSIGNED_TO_OTHER', by: owner, at: changedAt });
      expect(answer.error.conversation).toMatchObject({ id, owner, epoch: 2 });
    }
    const { items } = await company.get('ada', GetTimeline, { conversationId: id, limit: 50 });
    expect(items.map(({ type }) => type)).toEqual([
      'conversation.created',
      'message.received',
      'conversation.assigned',
    ]);
    await eventually(() => {
      const told = world.bus.heard(ConversationAssigned).filter(({ aggregateId }) => aggregateId === id);
      expect(told.map(({ data }) => data.event.owner)).toEqual([owner]);
    });
  });

  it('one’s own claim again changes nothing', async () => {
    const id = await company.newConversation();
    const first = await company.command('ben', ClaimConversation, { conversationId: id });
    const second = await company.command('ben', ClaimConversation, { conversationId: id });
    expect(second).toMatchObject({ ok: true, value: { seq: 2, conversation: { epoch: 2 } } });
    expect(first).toMatchObject({ ok: true, value: { seq: 2 } });
  });

  it('a repeated key gets its first answer, whatever happened since', async () => {
    const id = await company.newConversation();
    await company.command('ben', ClaimConversation, { conversationId: id });
    const transfer = { conversationId: id, commandId: 'key-1', expectedEpoch: 2, assigneeId: 'cleo' };
    const first = await company.ask('ben', TransferConversation, transfer);
    const repeats = await Promise.all(
      [1, 2, 3].map(() => company.ask('ben', TransferConversation, transfer)),
    );
    for (const answer of [first, ...repeats]) {
      expect(answer).toMatchObject({ ok: true, value: { seq: 3, conversation: { owner: { id: 'cleo' } } } });
    }
    // Somebody else's key is their own.
    expect(await company.ask('dev', TransferConversation, transfer)).toMatchObject({
      error: { code: 'STALE' },
    });
    expect(await world.database.timeline.countDocuments({ conversationId: id })).toBe(3);
  });

  it('one key for two different commands: the second is carried out, not answered with the first', async () => {
    const id = await company.newConversation();
    const key = { conversationId: id, commandId: 'key-2' };
    expect(await company.ask('ben', ClaimConversation, key)).toMatchObject({ ok: true, value: { seq: 2 } });
    const giveBack = { ...key, expectedEpoch: 2 };
    const answers = [
      await company.ask('ben', ReturnConversation, giveBack),
      await company.ask('ben', ReturnConversation, giveBack),
    ];
    for (const answer of answers) {
      expect(answer).toMatchObject({ ok: true, value: { seq: 3, conversation: { owner: null } } });
    }
  });
});

describe('the way of a conversation', () => {
  it('goes through hands, to Done and back, as each screen shows it', async () => {
    const id = await company.newConversation();
    const command = { conversationId: id };
    expect(await company.view('cleo', id)).toMatchObject({ unread: 1, allowed: { assignToMe: true } });
    await company.command('ben', ClaimConversation, command);
    expect(await company.view('cleo', id)).toMatchObject({
      unread: 0,
      allowed: {
        assignToMe: 'Assigned to Ben. Only an Admin can reassign.',
        reply: 'Ben is handling this.',
        note: true,
      },
    });
    const sent = await company.command('ben', ReplyToConversation, { ...reply(id), expectedEpoch: 2 });
    expect(sent).toMatchObject({
      ok: true,
      value: { conversation: { preview: { text: 'hi', from: 'us' } } },
    });
    await eventually(() => {
      const told = world.bus.heard(MessageQueued).filter(({ aggregateId }) => aggregateId === id);
      expect(told[0]?.data.event).toMatchObject({ from: OUR_NUMBER, carrier: 'simulator', origin: 'person' });
    });
    await company.command('ben', TransferConversation, { ...command, expectedEpoch: 2, assigneeId: 'cleo' });
    expect(await company.view('cleo', id)).toMatchObject({ owner: { id: 'cleo' }, unread: 1 });
    await company.command('cleo', ReturnConversation, { ...command, expectedEpoch: 3 });
    expect(await company.view('cleo', id)).toMatchObject({ owner: null, unread: 0 });
    expect((await company.view('dev', id)).unread).toBeGreaterThan(0);
    await company.command('ada', AssignConversation, { ...command, expectedEpoch: 4, assigneeId: 'dev' });
    const early = await company.command('dev', CompleteConversation, {
      ...command,
      expectedEpoch: 5,
      seenSeq: 0,
    });
    expect(early).toMatchObject({
      ok: false,
      error: { code: 'NEW_ACTIVITY', conversation: { status: 'open' } },
    });
    await company.command('dev', CompleteConversation, { ...command, expectedEpoch: 5, seenSeq: 6 });
    expect(await company.section('dev', 'done')).toContain(id);
    expect(await company.command('dev', ReplyToConversation, reply(id))).toMatchObject({
      error: { code: 'DONE' },
    });
    await company.command('ben', ReopenConversation, { ...command, expectedEpoch: 6 });
    expect(await company.view('ben', id)).toMatchObject({ status: 'open', owner: { id: 'ben' } });
    await company.command('ada', AddNote, { ...command, text: 'VIP' });
    const { items, nextBefore } = await company.get('ben', GetTimeline, { conversationId: id, limit: 3 });
    expect(items.map(({ type }) => type)).toEqual([
      'conversation.done',
      'conversation.reopened',
      'note.added',
    ]);
    const older = await company.get('ben', GetTimeline, {
      conversationId: id,
      limit: 50,
      before: nextBefore ?? 0,
    });
    expect(older.items).toHaveLength(7);
    expect(older.nextBefore).toBeNull();
  });

  it('a stale return, transfer or done is told the state of now', async () => {
    const id = await company.newConversation();
    await company.command('ben', ClaimConversation, { conversationId: id });
    await company.command('ada', AssignConversation, {
      conversationId: id,
      expectedEpoch: 2,
      assigneeId: 'cleo',
    });
    const stale = { conversationId: id, expectedEpoch: 2 };
    for (const answer of [
      await company.command('ben', ReturnConversation, stale),
      await company.command('ben', TransferConversation, { ...stale, assigneeId: 'dev' }),
      await company.command('ben', CompleteConversation, { ...stale, seenSeq: 9 }),
    ]) {
      expect(answer).toMatchObject({
        ok: false,
        error: { code: 'STALE', conversation: { owner: { id: 'cleo' }, epoch: 3 }, by: { id: 'ada' } },
      });
    }
  });

  it('Assign & send, twice with one clientMessageId, sends once', async () => {
    const id = await company.newConversation();
    const message = { ...reply(id), claim: true };
    const answers = await Promise.all([
      company.command('ben', ReplyToConversation, message),
      company.command('ben', ReplyToConversation, message),
    ]);
    for (const answer of answers) {
      expect(answer).toMatchObject({ ok: true, value: { seq: 2, conversation: { owner: { id: 'ben' } } } });
    }
    const other = await company.command('cleo', ReplyToConversation, { ...reply(id), claim: true });
    expect(other).toMatchObject({ error: { code: 'ASSIGNED_TO_OTHER' } });
    expect(await world.database.timeline.countDocuments({ conversationId: id })).toBe(2);
  });

  it('can be begun by us', async () => {
    const to = company.customer();
    const start = {
      inboxId: 'support',
      to: `${to.slice(0, 5)} ${to.slice(5)}`,
      clientMessageId: 'c1',
      text: 'Hello!',
    };
    const begun = await company.command('ben', StartConversation, start);
    expect(begun).toMatchObject({
      ok: true,
      value: { conversation: { owner: { id: 'ben' }, number: OUR_NUMBER, peers: [to] } },
    });
    const again = await company.command('cleo', StartConversation, start);
    expect(again).toMatchObject({
      ok: false,
      error: { code: 'ALREADY_OPEN', conversation: { owner: { id: 'ben' } } },
    });
    const nowhere = await company.command('ben', StartConversation, { ...start, inboxId: 'sales' });
    expect(nowhere).toMatchObject({ error: { code: 'VALIDATION' } });
    const nobody = await company.command('ben', StartConversation, { ...start, to: 'Ann' });
    expect(nobody).toMatchObject({ error: { code: 'VALIDATION' } });
  });
});

describe('people without the right', () => {
  it('see and do nothing; an Observer sees', async () => {
    const id = await company.newConversation();
    await expect(company.view('eve', id)).rejects.toThrow('NOT_FOUND');
    await expect(company.view('nobody', id)).rejects.toThrow('NOT_FOUND');
    const taken = await company.command('eve', ClaimConversation, { conversationId: id });
    expect(taken).toEqual({ ok: false, error: { code: 'NOT_FOUND', message: expect.any(String) } });
    expect(await company.view('olga', id)).toMatchObject({
      allowed: { assignToMe: expect.stringContaining('role') },
    });
    expect(await company.command('olga', ClaimConversation, { conversationId: id })).toMatchObject({
      error: { code: 'FORBIDDEN' },
    });
  });

  it('tenants are apart', async () => {
    const id = await company.newConversation();
    const other = await Company.found(world.bus);
    await expect(other.view('ada', id)).rejects.toThrow('NOT_FOUND');
    expect(await other.command('ada', ClaimConversation, { conversationId: id })).toMatchObject({
      error: { code: 'NOT_FOUND' },
    });
    expect(await other.section('ada', 'open')).toEqual([]);
    const page = await other.ask('ada', GetTimeline, { conversationId: id, limit: 10 });
    expect(page).toMatchObject({ error: { code: 'NOT_FOUND' } });
  });
});
