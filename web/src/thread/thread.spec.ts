import type { Problem, TimelineItem } from '@partyline/contracts';
import { describe, expect, it } from '@jest/globals';
import { ada, at, ben, conversation, queued, received, status, view } from '../testing/samples.js';
import type { Timeline } from '../live/model.js';
import { actionsOf, nextStepOf } from './action-list.js';
import { conflictWords } from './conflict.js';
import { eventLine } from './event-line.js';
import { failureWords } from './failure.js';
import { threadRows } from './rows.js';

const timeline = (items: TimelineItem[], change: Partial<Timeline> = {}): Timeline => ({
  items,
  nextBefore: null,
  state: 'ready',
  error: null,
  loadingOlder: false,
  gap: false,
  outgoing: [],
  ...change,
});
const words = { event: () => 'event', sameDay: (a: string, b: string) => a.slice(0, 10) === b.slice(0, 10) };

describe('rows of a thread', () => {
  it('days, the divider of what is new, and messages that belong together', () => {
    const rows = threadRows(
      timeline([received(1, 'a', 0), received(2, 'b', 1), received(3, 'c', 30)]),
      2,
      words,
    );
    expect(rows.map((row) => (row.kind === 'message' ? [row.text, row.first, row.last] : row.kind))).toEqual([
      'day',
      ['a', true, false],
      ['b', false, true],
      'unread',
      ['c', true, true],
    ]);
  });

  it('the last status counts, and its line is no row', () => {
    const rows = threadRows(
      timeline([queued(1, 'Hi'), status(2, 1, 'sent'), status(3, 1, 'delivered')]),
      null,
      words,
    );
    expect(rows).toHaveLength(2);
    expect(rows[1]).toMatchObject({ status: { status: 'delivered' }, side: 'out' });
  });

  it('a bubble keeps its key when the log takes it over', () => {
    const outgoing = {
      clientMessageId: 'client-2',
      text: 'Hi',
      media: [],
      at: at(2),
      state: 'sending',
      reason: null,
    } as const;
    const before = threadRows(timeline([received(1, 'a')], { outgoing: [outgoing] }), null, words).at(-1);
    const after = threadRows(timeline([received(1, 'a'), queued(2, 'Hi')]), null, words).at(-1);
    expect(before).toMatchObject({ key: 'client-2', status: { status: 'sending' } });
    expect(after?.key).toBe('client-2');
  });
});

describe('lines about what happened', () => {
  const line = (type: string, data: object, actor: TimelineItem['actor'], viewer = 'cleo') =>
    eventLine({ id: 'e', seq: 1, index: 0, at: at(1), type, data, actor } as TimelineItem, viewer, (n) => n);
  it.each([
    [['tg_1'], [], 'You tagged this VIP'],
    [[], ['tg_1', 'tg_2'], 'You took off VIP, a tag'],
    [['tg_1'], ['tg_2'], 'You tagged this VIP and took off a tag'],
  ])('say what tags are called now: %j put on, %j taken off', (added, removed, words) => {
    const actor = { kind: 'user', id: 'cleo', name: 'Cleo' };
    const item = { id: 'e', seq: 1, index: 0, at: at(1), type: 'conversation.tagged', actor };
    const shown = { ...item, data: { added, removed } } as TimelineItem;
    expect(eventLine(shown, 'cleo', String, (id) => (id === 'tg_1' ? 'VIP' : null))).toBe(words);
  });

  const person = (id: string, name: string) => ({ id, name });
  const by = (id: string, name: string) => ({ kind: 'user', id, name }) as const;
  const system = { kind: 'system', id: 's' } as const;

  it.each([
    [
      'conversation.assigned',
      { owner: person('ada', 'Ada'), cause: 'claim' },
      by('ada', 'Ada'),
      'Ada took this',
    ],
    [
      'conversation.assigned',
      { owner: person('cleo', 'Cleo'), cause: 'claim' },
      by('cleo', 'Cleo'),
      'You assigned this to yourself',
    ],
    [
      'conversation.assigned',
      { owner: person('cleo', 'Cleo'), cause: 'admin' },
      by('ada', 'Ada'),
      'Ada assigned this to you',
    ],
    [
      'conversation.assigned',
      { owner: person('cleo', 'Cleo'), cause: 'direct', rule: 'round_robin' },
      { kind: 'system', id: 'inbox' },
      'Partyline assigned this to you',
    ],
    [
      'conversation.transferred',
      { from: person('ada', 'Ada'), to: person('ben', 'Ben') },
      by('ada', 'Ada'),
      'Ada transferred to Ben',
    ],
    [
      'conversation.returned',
      { from: person('ben', 'Ben'), cause: 'returned' },
      by('ben', 'Ben'),
      'Ben returned this to the inbox',
    ],
    [
      'conversation.returned',
      { from: person('ben', 'Ben'), cause: 'returned' },
      by('ada', 'Ada'),
      'Ada returned this to the inbox (it was with Ben)',
    ],
    [
      'conversation.returned',
      { from: person('ben', 'Ben'), cause: 'away' },
      system,
      'Back in the inbox: Ben is out of office',
    ],
    ['conversation.done', { cause: 'done' }, by('cleo', 'Cleo'), 'You marked this as done'],
    ['conversation.done', { cause: 'menu' }, system, 'Done: the customer chose on in the menu'],
    ['conversation.reopened', { cause: 'inbound', owner: null }, system, 'Reopened by a new message'],
    [
      'conversation.reopened',
      { cause: 'manual', owner: person('ben', 'Ben') },
      by('ada', 'Ada'),
      'Ada reopened this for Ben',
    ],
    [
      'consent.changed',
      { peer: '', number: '', state: 'opted_out', keyword: 'STOP' },
      system,
      'The customer opted out with “STOP”',
    ],
  ] as const)('%s %j', (type, data, actor, expected) => {
    expect(line(type, data, actor)).toBe(expected);
  });
});

describe('a refusal in words', () => {
  const problem = (change: Partial<Problem>): Problem => ({
    type: 'x',
    title: 'Conflict',
    status: 409,
    code: 'STALE',
    detail: 'Detail.',
    by: { id: 'ada', name: 'Ada' },
    at: at(1),
    ...change,
  });
  const ago = () => '2 s ago';

  it.each([
    [
      { code: 'ASSIGNED_TO_OTHER', conversation: conversation({ owner: { id: 'ada', name: 'Ada' } }) },
      'claim',
      'Ada took this 2 s ago.',
    ],
    [{ code: 'ASSIGNED_TO_OTHER' }, 'reply', 'Ada took this 2 s ago. Your text is kept.'],
    [
      { code: 'STALE', conversation: conversation({ owner: { id: 'cleo', name: 'Cleo' } }) },
      'transfer',
      'Ada changed this 2 s ago. It is with Cleo now.',
    ],
    [
      { code: 'STALE', conversation: conversation({ status: 'done' }) },
      'return',
      'Ada changed this 2 s ago. It is done now.',
    ],
    [{ code: 'NEW_ACTIVITY' }, 'done', 'The customer wrote again. It stays open: read it first.'],
    [{ code: 'DONE' }, 'reply', 'Ada marked this as done 2 s ago. Your text is kept.'],
    [{ code: 'NOT_MEMBER' }, 'assign', 'Detail.'],
  ] as const)('%j', (change, wanted, expected) => {
    expect(conflictWords(problem(change), wanted, ago).text).toBe(expected);
  });

  it('offers to go on when it is taken, and to try again when it is only stale', () => {
    expect(conflictWords(problem({ code: 'ASSIGNED_TO_OTHER' }), 'claim', ago)).toMatchObject({
      taken: true,
      again: false,
    });
    expect(conflictWords(problem({}), 'assign', ago)).toMatchObject({ taken: false, again: true });
  });
});

describe('actions of the header', () => {
  const labels = (change: Parameters<typeof conversation>[0], viewer = ben) =>
    actionsOf(view(change), viewer).map((action) => action.label);

  it('a member, an Admin, an owner, a done one', () => {
    expect(labels({})).toEqual(['Assign to Me', 'Transfer…', 'Return to Inbox', 'Snooze…', 'Mark as Done']);
    expect(labels({}, ada)).toContain('Assign…');
    expect(labels({ owner: { id: 'ben', name: 'Ben' } })).toEqual([
      'Transfer…',
      'Return to Inbox',
      'Snooze…',
      'Mark as Done',
    ]);
    const snoozed = { until: null, by: null, at: at(0) };
    expect(labels({ snoozed })).toContain('Wake now');
    expect(labels({ status: 'done' })).toEqual(['Reopen']);
    expect(labels({ inboxKind: 'everyone' })).toEqual(['Snooze…', 'Mark as Done']);
  });

  it('one next step stands out, and none where it would be taking from a colleague', () => {
    expect(nextStepOf(conversation(), 'ben')).toBe('assignToMe');
    expect(nextStepOf(conversation({ owner: { id: 'ben', name: 'Ben' } }), 'ben')).toBe('done');
    expect(nextStepOf(conversation({ owner: { id: 'ada', name: 'Ada' } }), 'ben')).toBeNull();
    expect(nextStepOf(conversation({ status: 'done' }), 'ben')).toBe('reopen');
  });
});

describe('why a message did not arrive', () => {
  it('what delivery tells, else our words, and the carrier’s code', () => {
    const told = 'The phone could not be reached. Try again later.';
    expect(failureWords({ errorClass: 'unreachable', rawCode: '30003', description: told })).toBe(
      `${told} (carrier code 30003)`,
    );
    expect(failureWords({ errorClass: 'landline', rawCode: null, description: null })).toBe(
      'This number is a landline. Ask for a mobile number.',
    );
    expect(failureWords({ errorClass: null, rawCode: null, description: null })).toBe(
      'The carrier gave no reason.',
    );
  });
});
