import { describe, expect, it } from '@jest/globals';
import type { Actor, Conversation, ConversationEvent, Permission } from '@partyline/contracts';
import type { Inbox } from './inbox.js';
import type { Person } from './person.js';
import { recipients } from './recipients.js';

const MEMBER: Permission[] = ['view', 'reply', 'claim'];
const people = new Map<string, Person>(
  [
    { userId: 'ada', name: 'Ada', permissions: [...MEMBER, 'assignAny' as const], active: true },
    { userId: 'ben', name: 'Ben', permissions: MEMBER, active: true },
    { userId: 'cleo', name: 'Cleo', permissions: MEMBER, active: true },
    { userId: 'olga', name: 'Olga the Observer', permissions: ['view' as const], active: true },
    { userId: 'gone', name: 'Gone', permissions: MEMBER, active: false },
  ].map((person) => [person.userId, person]),
);
const inbox: Inbox = {
  id: 'sales',
  name: 'Sales',
  memberIds: ['ada', 'ben', 'olga', 'gone', 'unknown'],
  alertAfterMinutes: 15,
};
const conversation: Conversation = {
  id: 'cv_1',
  inboxId: 'sales',
  inboxKind: 'shared',
  number: '+12125550102',
  peers: ['+14155550100'],
  contactName: null,
  status: 'open',
  owner: null,
  lastOwner: null,
  epoch: 1,
  seq: 3,
  attention: [3],
  lastInboundSeq: 3,
  preview: null,
  waitingSince: '2026-11-23T12:00:00.000Z',
  lastActivityAt: '2026-11-23T12:00:00.000Z',
  changedBy: null,
  changedAt: '2026-11-23T12:00:00.000Z',
  optedOut: false,
  failed: false,
};
const ben = { id: 'ben', name: 'Ben' };
const cleo = { id: 'cleo', name: 'Cleo' };
const customer: Actor = { kind: 'contact', id: '+14155550100' };
const by = (id: string): Actor => ({ kind: 'user', id, name: id });
const text = (keyword: 'stop' | null = null): ConversationEvent => ({
  type: 'message.received',
  data: {
    messageId: 'ms_1',
    receiptId: 'rc_1',
    carrier: 'simulator',
    accountId: 'a',
    from: '+14155550100',
    to: '+12125550102',
    text: 'hello',
    media: [],
    receivedAt: '2026-11-23T12:00:00.000Z',
    keyword,
    trace: [],
  },
});
const owned: Partial<Conversation> = { owner: ben, waitingSince: null };
const reopened = (cause: 'inbound' | 'manual' | 'outbound', owner: typeof ben | null): ConversationEvent => ({
  type: 'conversation.reopened',
  data: { cause, owner },
});

describe('recipients', () => {
  it.each<[string, ConversationEvent, Partial<Conversation>, Actor, string]>([
    [
      'a text on Unassigned: who can act in the inbox',
      text(),
      {},
      customer,
      'ada unassigned, ben unassigned',
    ],
    ["a text on Ben's: Ben", text(), owned, customer, 'ben mine'],
    ["a text in Cleo's own inbox: Cleo", text(), { inboxKind: 'member', owner: cleo }, customer, 'cleo mine'],
    [
      'a text for everyone: all of them',
      text(),
      { inboxKind: 'everyone' },
      customer,
      'ada unassigned, ben unassigned',
    ],
    ['STOP: nobody', text('stop'), {}, customer, ''],
    ['a text that leaves it done: nobody', text(), { status: 'done' }, customer, ''],
    [
      'a claim: nobody',
      { type: 'conversation.assigned', data: { owner: ben, cause: 'claim' } },
      owned,
      by('ben'),
      '',
    ],
    [
      "an Admin's assign: the new owner",
      { type: 'conversation.assigned', data: { owner: ben, cause: 'admin' } },
      owned,
      by('ada'),
      'ben handed_over',
    ],
    [
      'an assignment by the rule of the inbox: the new owner',
      { type: 'conversation.assigned', data: { owner: ben, cause: 'direct', rule: 'round_robin' } },
      owned,
      { kind: 'system', id: 'inbox' },
      'ben handed_over',
    ],
    [
      'an Admin who assigns to herself: nobody',
      { type: 'conversation.assigned', data: { owner: { id: 'ada', name: 'Ada' }, cause: 'admin' } },
      {},
      by('ada'),
      '',
    ],
    [
      'a transfer: the new owner alone',
      { type: 'conversation.transferred', data: { from: cleo, to: ben } },
      owned,
      by('cleo'),
      'ben handed_over',
    ],
    [
      'a transfer to somebody inactive: nobody',
      { type: 'conversation.transferred', data: { from: cleo, to: { id: 'gone', name: 'Gone' } } },
      owned,
      by('cleo'),
      '',
    ],
    [
      'a return: the members but who returned it',
      { type: 'conversation.returned', data: { from: ben, cause: 'returned' } },
      {},
      by('ben'),
      'ada unassigned',
    ],
    [
      'a return by the system: the members',
      { type: 'conversation.returned', data: { from: cleo, cause: 'left' } },
      {},
      { kind: 'system', id: 'inbox' },
      'ada unassigned, ben unassigned',
    ],
    ['reopened by a text: nobody (the text tells)', reopened('inbound', null), {}, customer, ''],
    ['reopened for oneself: nobody', reopened('manual', ben), owned, by('ben'), ''],
    ['reopened for somebody else: they', reopened('manual', ben), owned, by('ada'), 'ben handed_over'],
    ['reopened by writing: nobody', reopened('outbound', ben), owned, by('ben'), ''],
    [
      'done: nobody',
      { type: 'conversation.done', data: { cause: 'done' } },
      { status: 'done' },
      by('ben'),
      '',
    ],
    ['a note: nobody', { type: 'note.added', data: { noteId: 'n', text: 'secret' } }, owned, by('ada'), ''],
    [
      'a status: nobody',
      {
        type: 'message.status',
        data: { messageId: 'm', status: 'failed', errorClass: null, rawCode: null, description: null },
      },
      owned,
      { kind: 'carrier', id: 'simulator' },
      '',
    ],
  ])('%s', (_name, event, over, actor, expected) => {
    const told = recipients({ event, conversation: { ...conversation, ...over }, actor }, inbox, (id) =>
      people.get(id),
    );
    expect(told.map(({ userId, kind }) => `${userId} ${kind}`).join(', ')).toBe(expected);
  });

  describe('in an inbox that gives out what is unassigned', () => {
    const told = (away: readonly string[], over: Partial<Conversation> = {}) =>
      recipients(
        { event: text(), conversation: { ...conversation, ...over }, actor: customer },
        { ...inbox, givesOut: true },
        (id) => {
          const known = people.get(id);
          return known && { ...known, availability: away.includes(id) ? 'away' : 'available' };
        },
      ).map(({ userId, kind }) => `${userId} ${kind}`);

    it('a text tells nobody but who is given it', () => {
      expect(told([])).toEqual([]);
      expect(told(['ada'])).toEqual([]);
      expect(told([], owned)).toEqual(['ben mine']);
    });

    it('a text tells all who can act where nobody is there to be given it', () => {
      expect(told(['ada', 'ben'])).toEqual(['ada unassigned', 'ben unassigned']);
    });
  });
});
