import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { after, NOON } from '../../test/support/replies.js';
import { AccountPace } from './account-pace.js';

it('lets an idle account send at once, and the next ones evenly behind it', () => {
  const pace = new AccountPace();
  expect(pace.waitMs('a', '1', 10, NOON)).toBe(0);
  expect(pace.waitMs('a', '2', 10, NOON)).toBe(100);
  expect(pace.waitMs('a', '3', 10, NOON)).toBe(200);
  expect(pace.waitMs('b', '4', 10, NOON)).toBe(0);
});

it('keeps the turn of one that waits, however often it asks', () => {
  const pace = new AccountPace();
  pace.waitMs('a', '1', 10, NOON);
  expect(pace.waitMs('a', '2', 10, NOON)).toBe(100);
  expect(pace.waitMs('a', '2', 10, after(40))).toBe(60);
  expect(pace.waitMs('a', '2', 10, after(100))).toBe(0);
});

it('sends nothing for as long as the carrier asks, and goes on evenly', () => {
  const pace = new AccountPace();
  pace.waitMs('a', '1', 10, NOON);
  pace.holdOff('a', 5_000, NOON);
  expect(pace.waitMs('a', '2', 10, after(1_000))).toBe(4_000);
  expect(pace.waitMs('a', '3', 10, after(1_000))).toBe(4_100);
  expect(pace.waitMs('a', '2', 10, after(5_000))).toBe(0);
});

it('never lets more leave in a second than the account may send', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 50 }),
      fc.array(fc.nat({ max: 3_000 }), { minLength: 1, maxLength: 80 }),
      (perSecond, arrivals) => {
        const pace = new AccountPace();
        const left = arrivals
          .toSorted((a, b) => a - b)
          .map((ms, index) => ms + pace.waitMs('a', String(index), perSecond, after(ms)));
        for (const [index, ms] of left.entries()) {
          const later = left[index + perSecond];
          if (later !== undefined) expect(later - ms).toBeGreaterThan(999);
        }
      },
    ),
  );
});
