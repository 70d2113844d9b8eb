import { describe, expect, it } from '@jest/globals';
import { TAGS_PER_CONVERSATION } from '@partyline/contracts';
import fc from 'fast-check';
import {
  CLEOS,
  draft,
  EVERYONES,
  inbound,
  PEOPLE,
  PLACE,
  Story,
  story,
  SUPPORT,
  around,
} from '../../test/support/story.js';
import { applyEntry, fold, readBy } from './apply.js';
import type { Command } from './commands.js';
import { ATTENTION_KEPT, NONE, type ExistingConversation } from './conversation.js';
import { decide } from './decide/decide.js';
import { viewOf, sectionOf } from './viewer.js';

const STATUSES = ['queued', 'sent', 'delivered', 'undelivered', 'failed', 'unknown'] as const;
const user = fc.constantFrom(...Object.keys(PEOPLE));
const epoch = fc.nat(8);
const messageId = fc.constantFrom('m1', 'm2', 'm3');

/** One more than there is room for, and one that is retired. */
const TAG_IDS = Array.from({ length: TAGS_PER_CONVERSATION + 1 }, (_, i) => `tg_${i}`);
const TAGS = new Map(TAG_IDS.map((id) => [id, { name: id, retired: id === 'tg_0' }] as const));

const command: fc.Arbitrary<Command> = fc.oneof(
  fc.constantFrom('hello', 'STOP', 'START', 'HELP').map((text) => inbound(text)),
  fc.record({
    type: fc.constant('claim' as const),
    by: user,
    expectedEpoch: fc.option(epoch, { nil: undefined }),
  }),
  fc.record({ type: fc.constant('assign' as const), by: user, to: user, expectedEpoch: epoch }),
  fc.record({
    type: fc.constant('auto-assign' as const),
    to: user,
    rule: fc.constantFrom('round_robin' as const, 'least_busy' as const),
    expectedEpoch: epoch,
  }),
  fc.record({ type: fc.constant('transfer' as const), by: user, to: user, expectedEpoch: epoch }),
  fc.record({ type: fc.constant('return' as const), by: user, expectedEpoch: epoch }),
  fc.record({ type: fc.constant('complete' as const), by: user, expectedEpoch: epoch, seenSeq: fc.nat(20) }),
  fc.record({
    type: fc.constant('snooze' as const),
    by: user,
    expectedEpoch: epoch,
    seenSeq: fc.nat(20),
    until: fc.constantFrom('2026-11-23T13:00:00.000Z', '2026-11-24T13:00:00.000Z', null),
    now: fc.constant('2026-11-23T12:30:00.000Z'),
  }),
  fc.record({
    type: fc.constant('tag' as const),
    by: user,
    add: fc.subarray(TAG_IDS),
    remove: fc.subarray(TAG_IDS),
    known: fc.constant(TAGS),
  }),
  fc.record({ type: fc.constant('wake' as const), by: user, expectedEpoch: epoch }),
  fc.constant({ type: 'wake-due' as const, now: '2026-11-23T13:00:00.000Z' }),
  fc.record({
    type: fc.constant('reopen' as const),
    by: user,
    to: fc.option(user, { nil: undefined }),
    expectedEpoch: epoch,
  }),
  fc.record({
    type: fc.constant('reply' as const),
    by: user,
    draft: messageId.map((id) => draft('text', id)),
    claim: fc.boolean(),
    expectedEpoch: fc.option(epoch, { nil: undefined }),
  }),
  fc.record({
    type: fc.constant('start' as const),
    by: user,
    place: fc.constant(PLACE),
    optOuts: fc.constant([]),
    channel: fc.constant({ carrier: 'simulator', accountId: 'acc' }),
    draft: messageId.map((id) => draft('text', id)),
  }),
  fc.record({
    type: fc.constant('note' as const),
    by: user,
    noteId: fc.constant('n'),
    text: fc.constant('note'),
  }),
  fc.record({ type: fc.constant('release' as const), ownerId: user, cause: fc.constant('left' as const) }),
  fc.constant({ type: 'close-menu' as const, chosenAt: '2026-11-23T12:00:00.000Z' }),
  fc.record({
    type: fc.constant('status' as const),
    messageId,
    status: fc.constantFrom(...STATUSES),
    errorClass: fc.constant(null),
    rawCode: fc.constant(null),
    description: fc.constant(null),
  }),
);
const inbox = fc.constantFrom(SUPPORT, { ...SUPPORT, reopenTo: 'last_owner' as const }, CLEOS, EVERYONES);

/** The states that a run of commands goes through. Half of the people’s commands know the epoch of the moment. */
const run = fc
  .tuple(inbox, fc.array(fc.tuple(command, fc.boolean()), { maxLength: 40 }))
  .map(([place, commands]) => {
    const tale = story(place);
    const states: ExistingConversation[] = [];
    for (const [next, informed] of commands) {
      const known = tale.state.status === 'none' ? 0 : tale.epoch;
      const before = tale.log.length;
      tale.do(informed && 'expectedEpoch' in next ? { ...next, expectedEpoch: known } : next);
      if (tale.log.length > before) states.push(tale.existing);
    }
    return { tale, states };
  });

describe('whatever people, customers and carriers do', () => {
  it('one epoch has one owner and one status', () => {
    fc.assert(
      fc.property(run, ({ states }) => {
        const seen = new Map<number, string>();
        for (const { epoch, owner, status, snoozed } of states) {
          const now = `${status} ${owner?.id ?? '-'} ${JSON.stringify(snoozed)}`;
          expect(seen.get(epoch) ?? now).toBe(now);
          seen.set(epoch, now);
        }
      }),
    );
  });

  it('the epoch counts the changes of owner and status, and nothing else', () => {
    const CHANGING = /^conversation\.(?!tagged$)/;
    fc.assert(
      fc.property(run, ({ tale, states }) => {
        let epoch = 0;
        tale.log.forEach((entry, i) => {
          epoch += entry.events.filter(({ type }) => CHANGING.test(type)).length;
          expect(states[i]?.epoch).toBe(epoch);
        });
      }),
    );
  });

  it('what is done has no owner, what a person owns does not wait, and owners could answer', () => {
    fc.assert(
      fc.property(run, ({ states }) => {
        for (const { status, owner, waitingSince, inboxKind, snoozed } of states) {
          if (status === 'done') expect([owner, waitingSince]).toEqual([null, null]);
          if (owner) expect(waitingSince).toBeNull();
          if (inboxKind === 'everyone') expect(owner).toBeNull();
          if (owner) expect(PEOPLE[owner.id]?.permissions.has('reply')).toBe(true);
          if (status === 'open' && !owner && inboxKind === 'shared')
            expect(waitingSince === null).toBe(snoozed !== null);
          if (snoozed) expect([status, waitingSince]).toEqual(['open', null]);
        }
      }),
    );
  });

  it('tags are each there once, never more than allowed, and tagging changes nothing else', () => {
    fc.assert(
      fc.property(run, ({ tale, states }) => {
        states.forEach((state, i) => {
          expect(state.tags).toEqual([...new Set(state.tags)]);
          expect(state.tags.length).toBeLessThanOrEqual(TAGS_PER_CONVERSATION);
          const before = states[i - 1];
          if (!before || !tale.log[i]?.events.every(({ type }) => type === 'conversation.tagged')) return;
          expect(state.tags).not.toEqual(before.tags);
          expect({ ...state, seq: 0, tags: [] }).toEqual({ ...before, seq: 0, tags: [] });
        });
      }),
    );
  });

  it('attention is ascending, bounded, empty when done, and never one’s own act, a status or a note', () => {
    const NEWS = new Set([
      'message.received',
      'conversation.returned',
      'conversation.reopened',
      'conversation.assigned',
      'conversation.transferred',
      'conversation.woken',
    ]);
    fc.assert(
      fc.property(run, ({ tale, states }) => {
        states.forEach((state, i) => {
          const entry = tale.log[i];
          expect(state.attention).toEqual([...new Set(state.attention)].sort((a, b) => a - b));
          expect(state.attention.length).toBeLessThanOrEqual(ATTENTION_KEPT);
          if (state.status === 'done' || state.snoozed) expect(state.attention).toEqual([]);
          if (!entry || !state.attention.includes(entry.seq)) return;
          expect(entry.events.some(({ type }) => NEWS.has(type))).toBe(true);
          if (entry.actor.kind === 'user') expect(readBy(entry, state)).toBe(entry.actor.id);
        });
      }),
    );
  });

  it('the log folds to the state, from the beginning and from anywhere in between', () => {
    fc.assert(
      fc.property(run, fc.nat(), ({ tale, states }, n) => {
        expect(fold(tale.log, NONE)).toEqual(tale.state);
        const cut = states.length === 0 ? 0 : n % states.length;
        expect(fold(tale.log.slice(cut), states[cut - 1] ?? NONE)).toEqual(tale.state);
      }),
    );
  });

  it('what a screen offers is accepted, and what it does not is refused', () => {
    fc.assert(
      fc.property(run, user, ({ tale }, who) => {
        const { state, surroundings } = tale;
        const viewer = surroundings.people.get(who);
        if (state.status === 'none' || !viewer || viewer.id === 'eve') return;
        const { allowed } = viewOf(state, viewer, surroundings.inbox, 0);
        const by = { by: who, expectedEpoch: state.epoch };
        const accepted = (next: Command) => decide(state, next, surroundings).ok;
        const somebody =
          ['ada', 'ben'].find((id) => id !== who && surroundings.inbox.memberIds.has(id)) ?? 'ada';
        if (!surroundings.inbox.memberIds.has(who) && !viewer.permissions.has('assignAny')) return;
        if (allowed.assignToMe === true) expect(accepted({ type: 'claim', ...by })).toBe(true);
        else if (state.owner?.id !== who) expect(accepted({ type: 'claim', ...by })).toBe(false);
        expect(accepted({ type: 'assign', ...by, to: somebody })).toBe(allowed.assign === true);
        expect(accepted({ type: 'transfer', ...by, to: somebody })).toBe(allowed.transfer === true);
        expect(accepted({ type: 'return', ...by })).toBe(allowed.return === true);
        expect(accepted({ type: 'complete', ...by, seenSeq: state.seq })).toBe(allowed.done === true);
        const set = { seenSeq: state.seq, until: null, now: '2026-11-23T12:30:00.000Z' };
        expect(accepted({ type: 'snooze', ...by, ...set })).toBe(allowed.snooze === true);
        if (state.status === 'done')
          expect(accepted({ type: 'reopen', ...by })).toBe(allowed.reopen === true);
        const reply = { type: 'reply' as const, ...by, draft: draft() };
        if (state.channel) expect(accepted({ ...reply, claim: false })).toBe(allowed.reply === true);
        if (state.channel && allowed.claimAndReply === true)
          expect(accepted({ ...reply, claim: true })).toBe(true);
        expect(accepted({ type: 'note', by: who, noteId: 'n', text: 'x' })).toBe(allowed.note === true);
        const tags = { add: [], remove: [], known: TAGS };
        expect(accepted({ type: 'tag', by: who, ...tags })).toBe(allowed.tag === true);
      }),
      { numRuns: 300 },
    );
  });

  it('a badge is only on Unassigned and on one’s own', () => {
    fc.assert(
      fc.property(run, user, fc.nat(20), ({ tale }, who, cursor) => {
        const viewer = PEOPLE[who];
        if (tale.state.status === 'none' || !viewer) return;
        const { unread } = viewOf(tale.state, viewer, tale.surroundings.inbox, cursor);
        const badged = ['unassigned', 'mine'].includes(sectionOf(tale.state, who));
        expect(unread).toBe(badged ? tale.state.attention.filter((seq) => seq > cursor).length : 0);
      }),
    );
  });
});

describe('statuses', () => {
  it('come to the first end that was told, however often repeated', () => {
    const words = fc.array(fc.constantFrom(...STATUSES), { minLength: 1, maxLength: 12 });
    const endOf = (statuses: readonly (typeof STATUSES)[number][]) => {
      const tale = new Story(around()).do(inbound()).by('ben', { type: 'claim' });
      tale.by('ben', { type: 'reply', draft: draft('text', 'm1'), claim: false });
      for (const status of statuses) {
        tale.do({
          type: 'status',
          messageId: 'm1',
          status,
          errorClass: null,
          rawCode: null,
          description: null,
        });
      }
      const { unsettled, failed } = tale.existing;
      return { unsettled, failed };
    };
    fc.assert(
      fc.property(words, (list) => {
        const once = endOf(list);
        expect(endOf([...list, ...list])).toEqual(once);
        const firstEnd = list.find(
          (word) => word === 'delivered' || word === 'undelivered' || word === 'failed',
        );
        expect(once.failed).toBe(firstEnd === 'failed' || firstEnd === 'undelivered');
        expect(once.unsettled).toHaveLength(firstEnd ? 0 : 1);
      }),
    );
  });
});

describe('a log', () => {
  it('that does not begin with its creation is refused', () => {
    const [first] = story().do(inbound()).log;
    if (!first) throw new Error('no entry');
    expect(() => applyEntry(NONE, { ...first, events: first.events.slice(1) })).toThrow('does not begin');
  });
});
