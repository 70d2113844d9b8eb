import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { hourOf, isQuiet } from './quiet.js';

const HOUR = 3_600_000;
const WEEK = 168;
/** A Monday, 00:00. */
const MONDAY = Date.parse('2026-11-02T00:00:00Z');
const START = hourOf(new Date(MONDAY)) - 8 * WEEK;
const at = (iso: string) => new Date(`2026-11-${iso}Z`);

/** So many texts an hour from Monday to Friday, 9 to 17 o'clock, until `end`. */
const office =
  (anHour: number, end: Date) =>
  (hour: number): number => {
    const ofWeek = (((hour - START) % WEEK) + WEEK) % WEEK;
    const day = Math.floor(ofWeek / 24);
    const open = day < 5 && ofWeek % 24 >= 9 && ofWeek % 24 < 17;
    return open && hour <= hourOf(end) ? anHour : 0;
  };

describe('a number that usually gets texts', () => {
  // 2026-11-04 is a Wednesday, 11-06 a Friday.
  it.each<[string, number, string, string, boolean]>([
    ['is quiet after hours without any', 3, '04T10:50:00', '04T15:00:00', true],
    ['is not, while it can be chance', 3, '04T10:50:00', '04T12:30:00', false],
    ['is missed soon where it is busy', 50, '04T10:50:00', '04T13:00:00', true],
    ['is not quiet at night', 50, '04T16:59:00', '05T08:59:00', false],
    ['is not quiet at the weekend', 50, '06T16:59:00', '09T08:59:00', false],
    ['is quiet on the morning after', 50, '06T16:59:00', '09T12:00:00', true],
    ['is still quiet weeks later', 50, '04T10:50:00', '30T03:00:00', true],
    ['is missed after days where it gets few', 0.25, '04T10:50:00', '06T23:00:00', true],
    ['is not missed the day after where it gets few', 0.25, '04T10:50:00', '05T23:00:00', false],
    ['is missed after days where it gets one an hour', 1, '04T16:50:00', '05T17:00:00', true],
  ])('%s', (_case, anHour, last, now, quiet) => {
    expect(isQuiet(office(anHour, at(last)), at(last), at(now))).toBe(quiet);
  });

  it('needs four weeks of them: a new number, or one campaign, alarms nobody', () => {
    const last = at('25T10:50:00');
    const usual = office(50, last);
    const since = (iso: string) => (hour: number) => (hour >= hourOf(at(iso)) ? usual(hour) : 0);
    expect(isQuiet(usual, last, at('25T16:00:00'))).toBe(true);
    expect(isQuiet(since('06T00:00:00'), last, at('25T16:00:00'))).toBe(false);
    const oneWeek = (hour: number) => (hour >= hourOf(at('16T00:00:00')) ? 500 : 0);
    expect(isQuiet(oneWeek, last, at('25T16:00:00'))).toBe(false);
  });

  const weeks = fc.array(fc.nat(20), { minLength: WEEK, maxLength: WEEK });

  it('is never quiet while every week is like the one before, also when the clocks change', () => {
    fc.assert(
      fc.property(weeks, fc.integer({ min: -1, max: 1 }), fc.nat(WEEK * 2), (week, change, hours) => {
        const now = START + 8 * WEEK + hours;
        const changed = now - (hours % WEEK);
        const textsIn = (hour: number): number =>
          hour > now ? 0 : (week[(hour - START + (hour >= changed ? change : 0) + WEEK) % WEEK] ?? 0);
        let last = now;
        while (last > START && textsIn(last) === 0) last -= 1;
        return !isQuiet(textsIn, new Date(last * HOUR), new Date(now * HOUR));
      }),
    );
  });

  it('stays quiet until a text comes, however much time passes', () => {
    fc.assert(
      fc.property(weeks, fc.nat(WEEK * 3), fc.nat(WEEK * 3), (week, some, more) => {
        const last = START + 6 * WEEK;
        const textsIn = (hour: number): number => (hour > last ? 0 : (week[(hour - START) % WEEK] ?? 0));
        const then = isQuiet(textsIn, new Date(last * HOUR), new Date((last + some) * HOUR));
        return !then || isQuiet(textsIn, new Date(last * HOUR), new Date((last + some + more) * HOUR));
      }),
    );
  });
});
