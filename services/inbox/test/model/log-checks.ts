import { expect } from '@jest/globals';
import { GetConversation, GetCounts, GetTimeline, type Counts } from '@partyline/contracts';
import { derivedId } from '@partyline/kernel';
import { eventually } from '@partyline/testing';
import { standingOf } from '../../src/adapters/mongo/conversation-document.js';
import type { EntryDocument } from '../../src/adapters/mongo/documents.js';
import { entryOf } from '../../src/adapters/mongo/entry-document.js';
import { fold } from '../../src/domain/apply.js';
import { NONE } from '../../src/domain/conversation.js';
import { PEOPLE } from './operations.js';
import type { Team } from './team.js';

/** The whole log of one conversation, as a majority of the database's members holds it. */
export function logOf(team: Team, conversationId: string): Promise<EntryDocument[]> {
  const { tenantId } = team.company;
  return team.world.database.timeline
    .find({ tenantId, conversationId }, { readConcern: { level: 'majority' } })
    .sort({ seq: 1 })
    .toArray();
}

/** What must be true of every log, whatever was done to make it. */
export function expectSoundLog(log: readonly EntryDocument[]): void {
  expect(log.map(({ seq }) => seq)).toEqual(log.map((_, i) => i + 1));
  const owners = new Map<number, string | null>();
  let owner: string | null = null;
  let status = 'none';
  let epoch = 0;
  for (const { seq, events, actor, after } of log) {
    for (const event of events) {
      const before: string | null = owner;
      if (event.type === 'conversation.assigned' || event.type === 'conversation.reopened')
        owner = event.data.owner?.id ?? null;
      if (event.type === 'conversation.transferred') {
        // Straight from one to the other: never through Unassigned.
        expect({ seq, from: event.data.from.id, status }).toEqual({ seq, from: owner, status: 'open' });
        owner = event.data.to.id;
      }
      if (event.type === 'conversation.returned') {
        expect({ seq, from: event.data.from.id }).toEqual({ seq, from: owner });
        owner = null;
      }
      if (event.type === 'conversation.done') owner = null;
      if (event.type === 'message.queued' && event.data.origin === 'person')
        expect({ seq, replyBy: actor.id }).toEqual({ seq, replyBy: owner });
      const nowStatus =
        event.type === 'conversation.done' ? 'done' : OPENING.has(event.type) ? 'open' : status;
      if (before !== owner || nowStatus !== status || SNOOZING.has(event.type)) epoch += 1;
      status = nowStatus;
    }
    expect({ seq, ...after }).toEqual({ seq, status, ownerId: owner, epoch });
    // One owner in every epoch, for ever.
    expect({ seq, owner: owners.has(epoch) ? owners.get(epoch) : owner }).toEqual({ seq, owner });
    owners.set(epoch, owner);
  }
}

const SNOOZING: ReadonlySet<string> = new Set(['conversation.snoozed', 'conversation.woken']);
const OPENING: ReadonlySet<string> = new Set(['conversation.created', 'conversation.reopened']);

/** What lists, counts, threads and listeners are shown is what the log says; asked when nothing moves any more. */
export async function expectShownAsLogged(team: Team): Promise<void> {
  const { world, company, conversationIds } = team;
  const { tenantId } = company;
  for (const conversationId of conversationIds) {
    const log = await logOf(team, conversationId);
    expectSoundLog(log);
    const folded = fold(log.map(entryOf), NONE);
    const document = await world.database.conversations.findOne({ _id: conversationId, tenantId });
    expect(document ? standingOf(document).state : NONE).toEqual(folded);
    const wanted = log.flatMap(({ seq, events }) =>
      events.map((event, i) => ({
        id: derivedId('ev', conversationId, String(seq), String(i)),
        type: event.type,
      })),
    );
    await eventually(() => {
      const told = world.bus.told.filter(({ aggregateId }) => aggregateId === conversationId);
      const ids = new Set(told.map(({ id }) => id));
      expect(wanted.filter(({ id }) => !ids.has(id))).toEqual([]);
    });
  }
  for (const person of PEOPLE) {
    const counts = await company.ask(person, GetCounts, {});
    if (!team.group.active.has(person)) {
      expect(counts).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
      continue;
    }
    const shown: Counts | undefined = counts.ok ? counts.value['support'] : undefined;
    if (person !== 'ada' && !team.group.members.has(person)) {
      expect(shown).toBeUndefined();
      continue;
    }
    const lists = await Promise.all(
      (['unassigned', 'me', 'others'] as const).map((owner) => company.section(person, 'open', owner)),
    );
    const snoozed = await company.section(person, 'snoozed');
    const views = await Promise.all(
      lists.flat().map((id) => company.get(person, GetConversation, { conversationId: id })),
    );
    const unread = (ids: readonly string[] | undefined) =>
      views.filter(({ id, unread }) => unread > 0 && ids?.includes(id)).length;
    expect({ person, ...shown }).toEqual({
      person,
      unassigned: lists[0]?.length,
      mine: lists[1]?.length,
      others: lists[2]?.length,
      snoozed: snoozed.length,
      unassignedUnread: unread(lists[0]),
      mineUnread: unread(lists[1]),
    });
    const done = await company.section(person, 'done');
    const ids = [...lists.flat(), ...snoozed, ...done];
    const existing = await world.database.timeline.distinct('conversationId', { tenantId, seq: 1 });
    expect(ids.sort()).toEqual(existing.sort());
    for (const conversationId of existing) {
      const { items } = await company.get(person, GetTimeline, { conversationId, limit: 200 });
      const log = await logOf(team, conversationId);
      expect(items.map(({ seq, type }) => ({ seq, type }))).toEqual(
        log.flatMap(({ seq, events }) => events.map(({ type }) => ({ seq, type }))),
      );
    }
  }
}
