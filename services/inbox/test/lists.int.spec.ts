import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  ClaimConversation,
  CompleteConversation,
  ExportConversations,
  FindMedia,
  GetCounts,
  ListAudit,
  ListContacts,
  ListConversations,
  ListInboxes,
  ListInboxMembers,
  ListWaiting,
  MarkRead,
  ReopenConversation,
  Search,
  TraceMessage,
  CursorMoved,
} from '@partyline/contracts';
import { newId } from '@partyline/kernel';
import { eventually } from '@partyline/testing';
import { sectionOf as sectionFilter } from '../src/adapters/mongo/section-filter.js';
import { entryOf } from '../src/adapters/mongo/entry-document.js';
import { fold } from '../src/domain/apply.js';
import { NONE, type ExistingConversation } from '../src/domain/conversation.js';
import { sectionOf, unreadFor } from '../src/domain/viewer.js';
import { Company, OUR_NUMBER } from './support/company.js';
import { startWorld, type World } from './support/inbox-service.js';

let world: World;
let company: Company;
beforeAll(async () => {
  world = await startWorld();
  company = await Company.found(world.bus);
}, 60_000);
afterAll(() => world.stop());

const claim = (who: string, conversationId: string) =>
  company.command(who, ClaimConversation, { conversationId });
const complete = (who: string, conversationId: string) =>
  company.command(who, CompleteConversation, { conversationId, expectedEpoch: 2, seenSeq: 9 });

/** What the log alone says of every conversation of the company. */
async function folded(): Promise<ExistingConversation[]> {
  const { tenantId } = company;
  const documents = await world.database.timeline
    .find({ tenantId, inboxId: 'support' })
    .sort({ seq: 1 })
    .toArray();
  const ids = [...new Set(documents.map(({ conversationId }) => conversationId))];
  return ids.flatMap((id) => {
    const state = fold(documents.filter(({ conversationId }) => conversationId === id).map(entryOf), NONE);
    return state.status === 'none' ? [] : [state];
  });
}

describe('lists', () => {
  const ids: string[] = [];
  beforeAll(async () => {
    for (let i = 0; i < 12; i += 1) ids.push(await company.newConversation(`text ${i}`));
    for (const [i, id] of ids.entries()) {
      if (i % 3 === 1) await claim(i % 2 === 0 ? 'ben' : 'cleo', id);
      if (i % 6 === 1) await complete(i % 2 === 0 ? 'ben' : 'cleo', id);
    }
  });

  it.each(['ada', 'ben', 'cleo', 'olga'])('and counts of %s are the predicates over the log', async (who) => {
    const states = await folded();
    const expected = (section: string) =>
      states
        .filter((state) => sectionOf(state, who) === section)
        .map(({ id }) => id)
        .sort();
    const listed = async (status: 'open' | 'done', owner?: 'unassigned' | 'me' | 'others') =>
      (await company.section(who, status, owner)).sort();
    expect(await listed('open', 'unassigned')).toEqual(expected('unassigned'));
    expect(await listed('open', 'me')).toEqual(expected('mine'));
    expect(await listed('open', 'others')).toEqual(expected('others'));
    expect(await listed('done')).toEqual(expected('done'));
    expect(await listed('open')).toEqual(
      [...expected('unassigned'), ...expected('mine'), ...expected('others')].sort(),
    );
    const documents = await world.database.conversations.find({ tenantId: company.tenantId }).toArray();
    const cursors = new Map(documents.map(({ _id, cursors: read }) => [_id, read?.[who] ?? 0]));
    const unread = (section: string) =>
      states.filter(
        (state) => sectionOf(state, who) === section && unreadFor(state, who, cursors.get(state.id) ?? 0) > 0,
      ).length;
    const counts = await company.get(who, GetCounts, { inboxIds: ['support', 'nowhere'] });
    expect(counts).toEqual({
      support: {
        unassigned: expected('unassigned').length,
        unassignedUnread: unread('unassigned'),
        mine: expected('mine').length,
        mineUnread: unread('mine'),
        others: expected('others').length,
        snoozed: expected('snoozed').length,
      },
    });
  });

  it('the longest wait is first in Unassigned, the latest activity elsewhere', async () => {
    const unassigned = await company.get('ben', ListConversations, {
      inboxId: 'support',
      status: 'open',
      owner: 'unassigned',
      limit: 50,
    });
    const waits = unassigned.items.map(({ waitingSince }) => waitingSince ?? '');
    expect(waits).toEqual([...waits].sort());
    const done = await company.get('ben', ListConversations, {
      inboxId: 'support',
      status: 'done',
      owner: 'any',
      limit: 50,
    });
    const activity = done.items.map(({ lastActivityAt }) => lastActivityAt);
    expect(activity).toEqual([...activity].sort().reverse());
  });

  it('pages stay stable while things move: what stands still is seen once', async () => {
    const still = new Set(await company.section('ada', 'open', 'unassigned'));
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await company.get('ada', ListConversations, {
        inboxId: 'support',
        status: 'open',
        owner: 'unassigned',
        limit: 2,
        ...(cursor === undefined ? {} : { cursor }),
      });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
      // Somebody takes one that is on an earlier page, another one comes in, a third gets a new text.
      const taken = seen[0];
      if (taken !== undefined && still.delete(taken)) await claim('ben', taken);
      if (seen.length < 5) await company.newConversation();
      const { peers } = await company.view('ada', seen.at(-1) ?? '');
      await world.bus.land([world.bus.routed(company.tenantId, { from: peers[0] ?? '', to: OUR_NUMBER })]);
    } while (cursor !== undefined);
    expect(new Set(seen).size).toBe(seen.length);
    for (const id of still) expect(seen).toContain(id);
  });

  it('a cursor that is none of ours is refused', async () => {
    const request = { inboxId: 'support', status: 'open' as const, owner: 'any' as const, limit: 5 };
    for (const cursor of ['nonsense', 'WzFd', Buffer.from('{"a":{"$gt":""}}').toString('base64url')]) {
      const answer = await company.ask('ben', ListConversations, { ...request, cursor });
      expect(answer).toMatchObject({ ok: false, error: { code: 'VALIDATION' } });
    }
  });

  it('each is read from its index, in order, and nothing else is looked at', async () => {
    const owners = ['unassigned', 'me', 'others', 'any'] as const;
    for (const owner of owners) {
      const key = {
        tenantId: company.tenantId,
        inboxId: 'support',
        viewerId: 'ben',
        status: 'open' as const,
        owner,
      };
      const { filter, sortField, direction, index } = sectionFilter(key);
      const plan = await world.database.conversations
        .find(filter)
        .sort({ [sortField]: direction, _id: direction })
        .hint(index)
        .limit(3)
        .explain('executionStats');
      expect(JSON.stringify(plan.queryPlanner.winningPlan)).not.toMatch(/"SORT"|COLLSCAN/);
      expect(plan.executionStats.totalDocsExamined).toBeLessThanOrEqual(3);
    }
  });

  it('inboxes come with their numbers, people and counts; others’ do not come at all', async () => {
    const [support, ...rest] = await company.get('cleo', ListInboxes, {});
    expect(rest).toEqual([]);
    expect(support).toMatchObject({ id: 'support', kind: 'shared', numbers: [OUR_NUMBER] });
    expect((await company.get('ada', ListInboxes, {})).map(({ id }) => id)).toEqual(['sales', 'support']);
    expect(await company.ask('nobody', ListInboxes, {})).toMatchObject({ error: { code: 'NOT_FOUND' } });
    const members = await company.get('ben', ListInboxMembers, { inboxId: 'support' });
    const mine = await company.section('ben', 'open', 'me');
    expect(members.find(({ id }) => id === 'ben')).toMatchObject({ assignable: true, load: mine.length });
    expect(members.find(({ id }) => id === 'olga')).toMatchObject({ assignable: false, load: 0 });
  });
});

describe('reading', () => {
  it('clears the badge of who read, tells their other windows, and goes forward only', async () => {
    const id = await company.newConversation();
    expect(await company.view('ben', id)).toMatchObject({ unread: 1, cursor: 0 });
    expect(await company.get('ben', MarkRead, { conversationId: id, seq: 99 })).toEqual({
      cursor: 1,
      unread: 0,
    });
    expect(await company.get('ben', MarkRead, { conversationId: id, seq: 0 })).toEqual({
      cursor: 1,
      unread: 0,
    });
    expect((await company.view('ben', id)).unread).toBe(0);
    expect((await company.view('cleo', id)).unread).toBe(1);
    await eventually(() => {
      const moved = world.bus.heard(CursorMoved).filter(({ aggregateId }) => aggregateId === id);
      expect(moved.map(({ data }) => data)).toEqual([{ conversationId: id, userId: 'ben', cursor: 1 }]);
    });
    expect(await company.ask('eve', MarkRead, { conversationId: id, seq: 1 })).toMatchObject({
      error: { code: 'NOT_FOUND' },
    });
  });
});

describe('finding', () => {
  it('by number and by what was written, in one’s own inboxes only', async () => {
    const word = newId('w');
    const id = await company.newConversation(`the parcel ${word} is blue`);
    const { peers } = await company.view('ben', id);
    const find = async (who: string, q: string) =>
      (await company.get(who, Search, { q, limit: 20 })).items.map(({ conversation, snippet }) => ({
        id: conversation.id,
        snippet,
      }));
    expect(await find('ben', `parcel ${word}`)).toEqual([{ id, snippet: `the parcel ${word} is blue` }]);
    expect(await find('ben', (peers[0] ?? '').slice(-7))).toEqual([{ id, snippet: null }]);
    expect(await find('eve', word)).toEqual([]);
    expect(await find('ben', '.*')).toEqual([]);
    expect(await find('ben', '"')).toEqual([]);
    const listed = await company.get('ben', ListConversations, {
      inboxId: 'support',
      status: 'open',
      owner: 'any',
      q: peers[0],
      limit: 10,
    });
    expect(listed.items.map((item) => item.id)).toEqual([id]);
    await eventually(async () => {
      const contacts = await company.get('ben', ListContacts, { q: peers[0], limit: 10 });
      expect(contacts.items).toMatchObject([
        { id: expect.any(String), name: null, numbers: peers, lastActivityAt: expect.any(String) },
      ]);
    });
    expect((await company.get('eve', ListContacts, { limit: 10 })).items).toEqual([]);
  });

  it('a picture, for who sees the conversation', async () => {
    const from = company.customer();
    const media = [{ id: 'm1', url: 'https://media.test/1.jpg', contentType: 'image/jpeg' }];
    await world.bus.land([world.bus.routed(company.tenantId, { from, to: OUR_NUMBER, text: '', media })]);
    const conversationId = company.conversationWith(from);
    await eventually(() => company.view('ben', conversationId));
    expect(await company.get('ben', FindMedia, { conversationId, mediaId: 'm1' })).toMatchObject({
      url: 'https://media.test/1.jpg',
      carrier: 'simulator',
    });
    const others = [
      await company.ask('ben', FindMedia, { conversationId, mediaId: 'm2' }),
      await company.ask('eve', FindMedia, { conversationId, mediaId: 'm1' }),
    ];
    for (const answer of others) expect(answer).toMatchObject({ error: { code: 'NOT_FOUND' } });
  });

  it('where a text went and why, for Admins', async () => {
    const from = company.customer();
    const text = world.bus.routed(company.tenantId, { from, to: OUR_NUMBER });
    await world.bus.land([text]);
    const { messageId } = text.message;
    const trace = await eventually(() => company.get('ada', TraceMessage, { messageId }));
    expect(trace).toMatchObject({
      conversation: { id: company.conversationWith(from) },
      item: { type: 'message.received', data: { trace: text.route.trace } },
    });
    expect(await company.ask('ben', TraceMessage, { messageId })).toMatchObject({
      error: { code: 'FORBIDDEN' },
    });
    expect(await company.ask('ada', TraceMessage, { messageId: 'ms_no' })).toMatchObject({
      error: { code: 'NOT_FOUND' },
    });
  });

  it('who did what, newest first, page by page, for who may know', async () => {
    const id = await company.newConversation();
    await claim('ben', id);
    await complete('ben', id);
    await company.command('ada', ReopenConversation, {
      conversationId: id,
      expectedEpoch: 3,
      assigneeId: 'cleo',
    });
    const audit = (request: object) =>
      company.get('ada', ListAudit, { limit: 2, inboxId: 'support', ...request });
    const first = await audit({});
    expect(first.items.map(({ type, actor }) => [type, actor.id])).toEqual([
      ['conversation.reopened', 'ada'],
      ['conversation.done', 'ben'],
    ]);
    const second = await audit({ cursor: first.nextCursor });
    expect(second.items[0]).toMatchObject({ type: 'conversation.assigned', conversationId: id });
    expect((await audit({ actorId: 'ada', type: 'conversation.reopened' })).items).toHaveLength(1);
    expect(await company.ask('ben', ListAudit, { limit: 5 })).toMatchObject({ error: { code: 'FORBIDDEN' } });
  });

  it('a copy of the conversations that somebody sees: each once, with its filters, and only with the permission', async () => {
    const own = await Company.found(world.bus);
    const ids = [await own.newConversation(), await own.newConversation(), await own.newConversation()];
    const taken = ids[1] ?? '';
    await own.command('ben', ClaimConversation, { conversationId: taken });
    const all = async (request: object): Promise<string[]> => {
      const found: string[] = [];
      let cursor: string | null = null;
      do {
        const page: { items: { id: string }[]; nextCursor: string | null } = await own.get(
          'ada',
          ExportConversations,
          { limit: 2, ...request, ...(cursor === null ? {} : { cursor }) },
        );
        found.push(...page.items.map(({ id }) => id));
        cursor = page.nextCursor;
      } while (cursor !== null);
      return found;
    };
    expect(await all({})).toEqual(ids.toSorted());
    expect(await all({ ownerId: 'ben' })).toEqual([taken]);
    expect(await all({ inboxId: 'sales' })).toEqual([]);
    expect(await all({ inboxId: 'nowhere' })).toEqual([]);
    expect(await all({ status: 'done' })).toEqual([]);
    const { lastActivityAt } = await own.view('ada', taken);
    expect(await all({ from: lastActivityAt, to: lastActivityAt })).toContain(taken);
    expect(await all({ to: '2000-01-01T00:00:00Z' })).toEqual([]);
    expect(await own.ask('ben', ExportConversations, { limit: 2 })).toMatchObject({
      error: { code: 'FORBIDDEN' },
    });
    expect(await own.ask('ada', ExportConversations, { limit: 2, cursor: 'made up' })).toMatchObject({
      error: { code: 'VALIDATION' },
    });
  });

  it('what waits for an owner, over all tenants, page by page', async () => {
    const other = await Company.found(world.bus);
    const waiting = [
      await other.newConversation(),
      await other.newConversation(),
      await company.newConversation(),
    ];
    const taken = await other.newConversation();
    await other.command('ben', ClaimConversation, { conversationId: taken });
    const found: string[] = [];
    let after: string | undefined;
    do {
      const answer = await world.bus.call(ListWaiting, {
        limit: 2,
        ...(after === undefined ? {} : { after }),
      });
      if (!answer.ok) throw new Error(answer.error.message);
      found.push(...answer.value.items.map(({ conversationId }) => conversationId));
      after = answer.value.next ?? undefined;
    } while (after !== undefined);
    expect(new Set(found).size).toBe(found.length);
    for (const id of waiting) expect(found).toContain(id);
    expect(found).not.toContain(taken);
  });
});
