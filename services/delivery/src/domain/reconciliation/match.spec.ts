import { describe, expect, it } from '@jest/globals';
import type { LoggedReply } from '@partyline/carriers';
import { after, anAttempt } from '../../../test/support/replies.js';
import type { Attempt } from '../attempt.js';
import { match, wouldBeThere } from './match.js';

const open = (id: string, change: Partial<Attempt> = {}): Attempt =>
  anAttempt({ id, status: 'unknown', state: 'settled', statusAt: after(30_000), ...change });
const entry = (providerMessageId: string, change: Partial<LoggedReply> = {}): LoggedReply => ({
  kind: 'reply',
  at: after(5_000),
  from: '+12125550101',
  to: '+12125557001',
  text: 'It is on its way',
  report: {
    kind: 'status',
    providerMessageId,
    status: 'sent',
    rawStatus: 'sent',
    errorCode: null,
    errorClass: null,
    description: null,
    reference: null,
  },
  ...change,
});
const pairsOf = (attempts: Attempt[], entries: LoggedReply[]): string[] =>
  match(attempts, entries).pairs.map(
    ({ attempt, entry: found }) => `${attempt.id}=${found.report.providerMessageId}`,
  );

describe('which entry of the log is meant', () => {
  it.each<[string, Partial<LoggedReply>, string[]]>([
    ['the same words to the same customer', {}, ['a=1']],
    ['words that the carrier put something around', { text: 'Trial: It is on its way' }, ['a=1']],
    ['no words, and nothing else that it could be', { text: null }, ['a=1']],
    ['other words', { text: 'Something else' }, []],
    ['another customer', { to: '+12125557002' }, []],
    ['another number of ours', { from: '+12125550102' }, []],
    ['an hour before', { at: after(-3_600_000) }, []],
    ['an hour after', { at: after(3_600_000) }, []],
    ['no time', { at: null }, []],
  ])('%s', (_what, change, expected) => {
    expect(pairsOf([open('a')], [entry('1', change)])).toEqual(expected);
  });

  it('of equal words the earlier is the earlier, and one entry is never two replies', () => {
    const replies = [open('second', { queuedAt: after(10_000) }), open('first')];
    const entries = [entry('2', { at: after(12_000) }), entry('1', { at: after(2_000) })];
    expect(pairsOf(replies, entries)).toEqual(['first=1', 'second=2']);
    expect(pairsOf(replies, entries.slice(1))).toEqual(['first=1']);
  });

  it('without words, two that could be meant are left in doubt', () => {
    const found = match([open('a'), open('b')], [entry('1', { text: null })]);
    expect(found.pairs).toEqual([]);
    expect(found.doubtful.map(({ id }) => id).toSorted()).toEqual(['a', 'b']);
  });
});

describe('what a log would have to have', () => {
  const read = { from: after(-3_600_000), to: after(3_600_000) };

  it('is what was tried well within the time that was read', () => {
    expect(wouldBeThere(open('a'), read)).toBe(true);
    expect(wouldBeThere(open('a'), { ...read, from: after(-60_000) })).toBe(false);
    expect(wouldBeThere(open('a'), { ...read, to: after(60_000) })).toBe(false);
    expect(wouldBeThere(open('a', { providerMessageId: 'x' }), read)).toBe(false);
    expect(wouldBeThere(open('a', { status: 'sent' }), read)).toBe(false);
  });
});
