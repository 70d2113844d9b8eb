import { describe, expect, it } from '@jest/globals';
import { queued, received } from '../testing/samples.js';
import { isAwake, nightSentence, timeThere } from './local-time.js';

const NOW = Date.parse('2026-11-24T03:40:00.000Z');
const quiet = { from: '2026-11-24T02:00:00.000Z', until: '2026-11-24T13:00:00.000Z' };
/** Times are told as the reader's country writes them, with whatever blanks that has. */
const plain = (words: string | null) => words?.replaceAll(/\s/g, ' ') ?? null;

describe('the time where a contact is', () => {
  it.each([
    [['America/New_York'], '10:40 PM there (New York)'],
    [['America/Boise', 'America/Los_Angeles'], 'Between 7:40 PM and 8:40 PM there'],
    [['Europe/Guernsey', 'Europe/London'], '3:40 AM there'],
    [['America/New_York', 'Europe/London'], 'Between 10:40 PM and 3:40 AM there'],
    [[], null],
  ])('in %j: %s', (timeZones, words) => {
    expect(plain(timeThere({ timeZones, quiet: null }, NOW))).toBe(words);
  });
});

describe('the warning that it is night there', () => {
  const newYork = { timeZones: ['America/New_York'], quiet };
  it.each([
    [
      'says the time, the place and the end',
      newYork,
      NOW,
      'It is 10:40 PM where this contact is (New York): quiet hours, until 8:00 AM.',
    ],
    [
      'begins on the minute',
      newYork,
      Date.parse(quiet.from),
      'It is 9:00 PM where this contact is (New York): quiet hours, until 8:00 AM.',
    ],
    ['ends on the minute', newYork, Date.parse(quiet.until), null],
    ['waits for the next night', newYork, Date.parse(quiet.from) - 1, null],
    [
      'says between which times, where several are possible',
      { timeZones: ['America/Boise', 'America/Los_Angeles'], quiet },
      NOW,
      'It is between 7:40 PM and 8:40 PM where this contact is: quiet hours.',
    ],
    ['is none without quiet hours', { timeZones: ['America/New_York'], quiet: null }, NOW, null],
  ])('%s', (_name, time, now, words) => {
    expect(plain(nightSentence(time, now))).toBe(words);
  });
});

describe('a customer who has just written', () => {
  const at = (minutes: number) => new Date(NOW - minutes * 60_000).toISOString();
  it.each([
    ['is awake for half an hour', [{ ...received(1, 'Hi'), at: at(29) }], true],
    ['and then asleep', [{ ...received(1, 'Hi'), at: at(30) }], false],
    [
      'is awake whatever we wrote since',
      [
        { ...received(1, 'Hi'), at: at(10) },
        { ...queued(2, 'Hi'), at: at(5) },
      ],
      true,
    ],
    ['is not our own text', [{ ...queued(2, 'Hi'), at: at(5) }], false],
    ['never wrote', [], false],
  ])('%s', (_name, items, awake) => {
    expect(isAwake(items, NOW)).toBe(awake);
  });
});
