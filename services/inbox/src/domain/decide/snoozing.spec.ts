import { describe, expect, it } from '@jest/globals';
import {
  bens,
  done,
  draft,
  EVERYONES,
  inbound,
  unassigned,
  type Story,
} from '../../../test/support/story.js';
import { sectionOf } from '../viewer.js';

const NOW = '2026-11-23T12:30:00.000Z';
const LATER = '2026-11-24T08:00:00.000Z';
const snooze = (until: string | null = LATER) => ({ type: 'snooze', seenSeq: 99, until, now: NOW }) as const;
const snoozed = (until?: string | null): Story => bens().by('ben', snooze(until));

describe('snoozing', () => {
  it('row 15: leaves the active lists, keeps its owner, and waits for nobody', () => {
    const tale = snoozed();
    expect(tale.outcome).toEqual(['conversation.snoozed']);
    expect(tale.existing).toMatchObject({
      status: 'open',
      owner: { id: 'ben' },
      snoozed: { until: LATER, by: { id: 'ben' } },
      waitingSince: null,
      attention: [],
      epoch: 3,
    });
    expect(['ben', 'cleo'].map((who) => sectionOf(tale.existing, who))).toEqual(['snoozed', 'snoozed']);
  });

  it.each([
    ['the owner', bens(), 'ben', ['conversation.snoozed']],
    ['an Admin, of another’s', bens(), 'ada', ['conversation.snoozed']],
    ['an Admin, of an unassigned one', unassigned(), 'ada', ['conversation.snoozed']],
    ['a Member, of an unassigned one', unassigned(), 'ben', 'NOT_OWNER'],
    ['a Member, of another’s', bens(), 'cleo', 'NOT_OWNER'],
    ['a Member, where nobody owns', unassigned(EVERYONES), 'cleo', ['conversation.snoozed']],
    ['anybody, of a done one', done(), 'ada', 'DONE'],
    ['an Observer', bens(), 'olga', 'FORBIDDEN'],
    ['a stranger', bens(), 'eve', 'NOT_FOUND'],
  ])('by %s', (_, tale, who, outcome) => {
    expect(tale.by(who, snooze()).outcome).toEqual(outcome);
  });

  it.each([
    ['what is over', NOW],
    ['more than a year from now', '2028-01-01T00:00:00.000Z'],
  ])('until %s is refused', (_, until) => {
    expect(bens().by('ben', snooze(until)).outcome).toBe('VALIDATION');
  });

  it('never hides a text that was not seen, and a stale one changes nothing', () => {
    const tale = bens().do(inbound('wait', { messageId: 'ms_2' }));
    expect(tale.by('ben', { ...snooze(), seenSeq: 2 }).outcome).toBe('NEW_ACTIVITY');
    expect(tale.by('ben', { ...snooze(), expectedEpoch: 1 }).outcome).toBe('STALE');
    expect(tale.existing.snoozed).toBeNull();
  });

  it('again chooses another time', () => {
    expect(snoozed().by('ben', snooze(null)).existing.snoozed).toMatchObject({ until: null });
  });
});

describe('row 16: waking', () => {
  it('by its time, as new activity for its owner', () => {
    const tale = snoozed().do({ type: 'wake-due', now: LATER });
    expect(tale.last).toEqual({ ok: true, value: [{ type: 'conversation.woken', data: { cause: 'time' } }] });
    expect(tale.existing).toMatchObject({ snoozed: null, owner: { id: 'ben' }, waitingSince: null });
    expect(tale.existing.attention).toEqual([tale.existing.seq]);
    expect(tale.do({ type: 'wake-due', now: LATER }).outcome).toEqual([]);
  });

  it('by its time, an unassigned one waits from then on', () => {
    const tale = unassigned().by('ada', snooze()).do({ type: 'wake-due', now: LATER });
    expect(tale.existing.waitingSince).not.toBeNull();
    expect(sectionOf(tale.existing, 'ben')).toBe('unassigned');
  });

  it.each([
    ['before its time', LATER, '2026-11-24T07:59:59.999Z'],
    ['where it waits for the customer', null, '2030-01-01T00:00:00.000Z'],
  ])('not %s', (_, until, now) => {
    expect(snoozed(until).do({ type: 'wake-due', now }).outcome).toEqual([]);
  });

  it.each([LATER, null])('by the customer’s text, whatever it was snoozed until (%s)', (until) => {
    const tale = snoozed(until).do(inbound('hello?', { messageId: 'ms_2' }));
    expect(tale.outcome).toEqual(['conversation.woken', 'message.received']);
    expect(tale.existing).toMatchObject({ snoozed: null, owner: { id: 'ben' } });
    expect(tale.existing.attention).toEqual([tale.existing.seq]);
  });

  it('not by STOP, which is kept and makes nobody wait', () => {
    const tale = unassigned()
      .by('ada', snooze())
      .do(inbound('STOP', { messageId: 'ms_2' }));
    expect(tale.outcome).toEqual(['message.received', 'consent.changed']);
    expect(tale.existing).toMatchObject({ snoozed: { until: LATER }, waitingSince: null, attention: [] });
  });

  it('by hand: whoever could snooze it; nothing is new to anybody; what is awake stays so', () => {
    expect(snoozed().by('cleo', { type: 'wake' }).outcome).toBe('NOT_OWNER');
    const tale = snoozed().by('ben', { type: 'wake' });
    expect(tale.outcome).toEqual(['conversation.woken']);
    expect(tale.existing).toMatchObject({ snoozed: null, attention: [] });
    expect(tale.by('ben', { type: 'wake' }).outcome).toEqual([]);
    expect(done().by('ada', { type: 'wake' }).outcome).toBe('DONE');
  });

  it.each([
    ['a transfer', { type: 'transfer', to: 'cleo' } as const, 'ben'],
    ['a return', { type: 'return' } as const, 'ben'],
    ['an Admin’s assign', { type: 'assign', to: 'cleo' } as const, 'ada'],
    ['Done', { type: 'complete', seenSeq: 99 } as const, 'ben'],
  ])('%s ends it: whoever has it then finds it in an active list', (_, command, who) => {
    expect(snoozed().by(who, command).existing.snoozed).toBeNull();
  });

  it('a removed owner’s goes to Unassigned', () => {
    const tale = snoozed().do({ type: 'release', ownerId: 'ben', cause: 'left' });
    expect(tale.existing).toMatchObject({ owner: null, snoozed: null });
    expect(tale.existing.waitingSince).not.toBeNull();
  });

  it('a reply or a note leaves it asleep', () => {
    const tale = snoozed().by('ben', { type: 'reply', draft: draft(), claim: false });
    expect(tale.do({ type: 'note', by: 'cleo', noteId: 'n', text: 'x' }).existing.snoozed).not.toBeNull();
  });
});
