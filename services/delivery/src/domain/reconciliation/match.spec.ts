import { describe, expect, it } from '@jest/globals';
import type { LoggedReply } from '@partyline/carriers';
import { after, anAttempt } from '../../../test/support/replies.js';
import { recorded, type Attempt } from '../attempt.js';
import { candidatesFor, match, wouldBeThere } from './match.js';

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
const found = (attempts: Attempt[], ...pages: LoggedReply[][]) => {
  const { pairs, doubtful } = match(
    attempts,
    pages.flatMap((entries) => candidatesFor(attempts, entries)),
  );
  return {
    pairs: pairs.map(({ attempt, reports }) => `${attempt.id}=${reports[0]?.providerMessageId}`).toSorted(),
    doubtful: doubtful.map(({ id }) => id).toSorted(),
  };
};
const certain = (...pairs: string[]) => ({ pairs, doubtful: [] });
const inDoubt = (...doubtful: string[]) => ({ pairs: [], doubtful });
const nothing = certain();

describe('which entry of the log is meant', () => {
  it.each<[string, Partial<LoggedReply>, object]>([
    ['the same words to the same customer', {}, certain('a=1')],
    [
      'words in front of which the carrier put something',
      { text: 'Trial: It is on its way' },
      certain('a=1'),
    ],
    ['words behind which links stand', { text: 'It is on its way\nhttps://x.example/1' }, certain('a=1')],
    ['the same words with other spaces', { text: ' It is on its way\r\n' }, certain('a=1')],
    ['no words, and nothing else that it could be', { text: null }, certain('a=1')],
    ['no sender, where the carrier chose it', { from: null }, certain('a=1')],
    ['other words at that time: who knows', { text: 'Something else' }, inDoubt('a')],
    ['words that go on', { text: 'It is on its way and I am too' }, inDoubt('a')],
    ['another customer', { to: '+12125557002' }, nothing],
    ['another number of ours', { from: '+12125550102' }, nothing],
    ['an hour before', { at: after(-3_600_000) }, nothing],
    ['an hour after', { at: after(3_600_000) }, nothing],
    ['no time', { at: null }, nothing],
  ])('%s', (_what, change, expected) => {
    expect(found([open('a')], [entry('1', change)])).toEqual(expected);
  });

  it('of equal words the earlier is the earlier, and one entry is never two replies', () => {
    const replies = [open('second', { queuedAt: after(10_000) }), open('first')];
    const entries = [entry('2', { at: after(12_000) }), entry('1', { at: after(2_000) })];
    expect(found(replies, entries)).toEqual(certain('first=1', 'second=2'));
    expect(found(replies, entries.slice(1))).toEqual(certain('first=1'));
  });

  it('is not one that says more than the reply, where another reply says just that', () => {
    const replies = [open('short', { text: 'Ok' }), open('long', { text: 'So: Ok', queuedAt: after(1_000) })];
    expect(found(replies, [entry('1', { text: 'So: Ok' })])).toEqual(certain('long=1'));
  });

  it('is no text with words, where the reply was a picture alone', () => {
    const picture = open('picture', { text: '', media: ['upload:md_1'] });
    expect(found([picture], [entry('1')])).toEqual(inDoubt('picture'));
    expect(found([picture], [entry('1', { text: '' })])).toEqual(certain('picture=1'));
    const link = entry('1', { text: 'https://hooks.example/media/md_1?token=x' });
    expect(found([picture], [link])).toEqual(certain('picture=1'));
  });

  it('is not one from before the last try, which surely was not taken', () => {
    const waited = recorded(open('a', { queuedAt: after(-3_600_000), history: [] }), after(0), 'sending');
    expect(found([waited], [entry('1', { at: after(-1_800_000) })])).toEqual(nothing);
    expect(found([waited], [entry('1')])).toEqual(certain('a=1'));
  });

  it('without words, as many entries as replies are these, in their order', () => {
    const replies = [open('b', { queuedAt: after(1_000) }), open('a')];
    const wordless = [
      entry('2', { text: null, at: after(6_000) }),
      entry('1', { text: null, at: after(5_000) }),
    ];
    expect(found(replies, wordless)).toEqual(certain('a=1', 'b=2'));
  });

  it('without words, fewer or more entries than replies leave all of them in doubt', () => {
    const one = entry('1', { text: null });
    const two = entry('2', { text: null });
    expect(found([open('a'), open('b')], [one])).toEqual(inDoubt('a', 'b'));
    expect(found([open('a')], [one], [two])).toEqual(inDoubt('a'));
  });

  it('is the same on whatever page of the log it stands, and however often', () => {
    const replies = [open('second', { queuedAt: after(10_000) }), open('first')];
    const late = entry('2', { at: after(12_000) });
    const early = entry('1', { at: after(2_000) });
    expect(found(replies, [late], [early], [late])).toEqual(certain('first=1', 'second=2'));
  });

  it('tells all that the log says of it', () => {
    const delivered = entry('1', { from: null, text: null });
    const [pair] = match([open('a')], candidatesFor([open('a')], [entry('1'), delivered])).pairs;
    expect(pair?.reports).toEqual([entry('1').report, delivered.report]);
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
