import { describe, expect, it } from '@jest/globals';
import type { Conversation } from '@partyline/contracts';
import { dueAt, isOver, waitingSince, type WaitState } from './alert.js';

const SINCE = '2026-11-23T12:00:00.000Z';
const waiting = {
  inboxKind: 'shared',
  status: 'open',
  owner: null,
  waitingSince: SINCE,
  lastActivityAt: SINCE,
} as unknown as Conversation;
const inbox = { id: 'i', name: 'I', memberIds: [], alertAfterMinutes: 15 };
const state = (over: Partial<WaitState>): WaitState => ({
  tenantId: 't',
  conversationId: 'c',
  inboxId: 'i',
  epoch: 2,
  seq: 5,
  waitingSince: new Date(SINCE),
  title: 'x',
  ...over,
});

describe('alerts', () => {
  it('are for open, unassigned conversations of shared inboxes', () => {
    expect(waitingSince(waiting)).toEqual(new Date(SINCE));
    expect(waitingSince({ ...waiting, status: 'done' })).toBeNull();
    expect(waitingSince({ ...waiting, owner: { id: 'a', name: 'A' } })).toBeNull();
    expect(waitingSince({ ...waiting, inboxKind: 'everyone' })).toBeNull();
    const snoozed = { until: null, by: null, at: SINCE };
    expect(waitingSince({ ...waiting, waitingSince: null, snoozed })).toBeNull();
  });

  it('are due after the minutes of the inbox, or the override, and never where it wants none', () => {
    expect(dueAt(new Date(SINCE), inbox, null)).toEqual(new Date('2026-11-23T12:15:00.000Z'));
    expect(dueAt(new Date(SINCE), inbox, 2000)).toEqual(new Date('2026-11-23T12:00:02.000Z'));
    expect(dueAt(new Date(SINCE), { ...inbox, alertAfterMinutes: null }, 2000)).toBeNull();
  });

  it.each([
    ['still waiting', state({}), false],
    ['nothing known', null, false],
    ['taken', state({ waitingSince: null, epoch: 3 }), true],
    ['no longer waiting in this epoch', state({ waitingSince: null }), true],
    ['owned, as far as an older state knows', state({ waitingSince: null, epoch: 1 }), false],
    ['taken and returned', state({ epoch: 4 }), true],
  ])('%s', (_name, now, over) => {
    expect(isOver({ epoch: 2 }, now)).toBe(over);
  });
});
