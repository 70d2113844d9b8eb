import type { Allowed, Conversation } from '@partyline/contracts';
import { describe, expect, it } from '@jest/globals';
import { ada, ben, conversation, inbox, olga } from '../testing/samples.js';
import { allowedFor } from './allowed.js';
import type { Viewer } from './model.js';

const bens = { id: 'ben', name: 'Ben Ortiz' };
const adas = { id: 'ada', name: 'Ada Lovelace' };
const DONE = 'This conversation is done. Reopen it first.';
const TAKEN = 'Assigned to Ada Lovelace. Only an Admin can reassign.';
const role = (what: string) => `Your role does not allow you to ${what}.`;

const cases: readonly [string, Viewer, Partial<Conversation>, Partial<Allowed>][] = [
  [
    'a member and an unassigned one',
    ben,
    {},
    {
      assignToMe: true,
      assign: 'Only an Admin can assign conversations to others.',
      transfer: 'Assign it to yourself first.',
      return: 'Nobody has it: it is in Unassigned already.',
      done: 'Assign it to yourself first.',
      reopen: 'This conversation is open already.',
      reply: 'Assign it to yourself first.',
      claimAndReply: true,
      note: true,
    },
  ],
  [
    'a member and their own',
    ben,
    { owner: bens },
    {
      assignToMe: 'It is assigned to you already.',
      transfer: true,
      return: true,
      done: true,
      reply: true,
      claimAndReply: 'It is assigned to you already.',
    },
  ],
  [
    'a member and another’s',
    ben,
    { owner: adas },
    {
      assignToMe: TAKEN,
      transfer: 'Ada Lovelace is handling this.',
      return: 'Ada Lovelace is handling this.',
      done: 'Ada Lovelace is handling this.',
      reply: 'Ada Lovelace is handling this.',
      claimAndReply: TAKEN,
      note: true,
    },
  ],
  [
    'an Admin and another’s',
    ada,
    { owner: bens },
    { assignToMe: true, assign: true, return: true, done: true, transfer: 'Ben Ortiz is handling this.' },
  ],
  ['an Admin and an unassigned one', ada, {}, { assign: true, done: true, assignToMe: true }],
  [
    'a done one',
    ben,
    { status: 'done' },
    {
      assignToMe: DONE,
      transfer: DONE,
      return: DONE,
      done: DONE,
      reply: DONE,
      claimAndReply: DONE,
      reopen: true,
    },
  ],
  [
    'an Admin and a done one',
    ada,
    { status: 'done' },
    { assign: DONE, return: DONE, done: DONE, reopen: true },
  ],
  [
    'an Observer',
    olga,
    {},
    {
      assignToMe: role('take conversations'),
      transfer: role('transfer conversations'),
      note: role('add notes'),
      done: role('mark conversations as done'),
    },
  ],
  [
    'a customer who opted out',
    ben,
    { owner: bens, optedOut: true },
    {
      reply: '+12125550199 opted out of texts from this number, so nothing can be sent to them.',
      done: true,
    },
  ],
  [
    'an inbox of everyone',
    ben,
    { inboxKind: 'everyone' },
    {
      reply: true,
      done: true,
      assignToMe: 'Nobody owns these conversations: just reply.',
      transfer: 'Nobody owns these conversations: just reply.',
    },
  ],
  [
    'one’s own inbox',
    ben,
    { inboxKind: 'member', owner: bens },
    {
      reply: true,
      done: true,
      return: 'These texts go to one person alone.',
      transfer: 'These texts go to one person alone.',
    },
  ],
];

describe('what may be done, in the words of the inbox service', () => {
  it.each(cases)('%s', (_, viewer, change, expected) => {
    expect(allowedFor(conversation(change), viewer, inbox)).toMatchObject(expected);
  });

  it('an Admin outside the group assigns to others, not to themselves', () => {
    const allowed = allowedFor(conversation(), ada, { ...inbox, memberIds: ['ben'] });
    expect(allowed).toMatchObject({
      assign: true,
      assignToMe: 'You are not in the group of Support; assign it to somebody who is.',
    });
  });
});
