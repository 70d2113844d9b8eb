import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { quietTime, tellTheTime } from './quiet-time.js';

const NEW_YORK = 'America/New_York';
const LOS_ANGELES = 'America/Los_Angeles';
const USUAL = { from: '21:00', to: '08:00' };

describe('the quiet time that is now, or the next one', () => {
  it.each([
    // New York is UTC-5 in winter and UTC-4 in summer; Los Angeles three hours behind.
    ['by night', [NEW_YORK], USUAL, '2026-11-24T03:40Z', '2026-11-24T02:00Z', '2026-11-24T13:00Z'],
    ['after midnight', [NEW_YORK], USUAL, '2026-11-24T09:00Z', '2026-11-24T02:00Z', '2026-11-24T13:00Z'],
    ['by day: tonight', [NEW_YORK], USUAL, '2026-11-24T15:00Z', '2026-11-25T02:00Z', '2026-11-25T13:00Z'],
    ['as it begins', [NEW_YORK], USUAL, '2026-11-24T02:00Z', '2026-11-24T02:00Z', '2026-11-24T13:00Z'],
    ['as it ends', [NEW_YORK], USUAL, '2026-11-24T13:00Z', '2026-11-25T02:00Z', '2026-11-25T13:00Z'],
    ['in summer', [NEW_YORK], USUAL, '2026-07-01T02:00Z', '2026-07-01T01:00Z', '2026-07-01T12:00Z'],
    [
      'shorter by an hour where clocks are set forward in it',
      [NEW_YORK],
      USUAL,
      '2026-03-08T06:00Z',
      '2026-03-08T02:00Z',
      '2026-03-08T12:00Z',
    ],
    [
      'longer by an hour where clocks are set back in it',
      [NEW_YORK],
      USUAL,
      '2026-11-01T06:00Z',
      '2026-11-01T01:00Z',
      '2026-11-01T13:00Z',
    ],
    [
      'from the first to the last of several zones',
      [NEW_YORK, LOS_ANGELES],
      USUAL,
      '2026-11-24T15:30Z',
      '2026-11-24T02:00Z',
      '2026-11-24T16:00Z',
    ],
    [
      'in a zone of a quarter of an hour',
      ['Asia/Kathmandu'],
      USUAL,
      '2026-11-24T16:00Z',
      '2026-11-24T15:15Z',
      '2026-11-25T02:15Z',
    ],
    [
      'on the other side of the date line',
      ['Pacific/Auckland'],
      USUAL,
      '2026-11-24T12:00Z',
      '2026-11-24T08:00Z',
      '2026-11-24T19:00Z',
    ],
    [
      'at noon, which is one day long',
      ['Europe/Madrid'],
      { from: '14:00', to: '16:30' },
      '2026-11-24T12:00Z',
      '2026-11-24T13:00Z',
      '2026-11-24T15:30Z',
    ],
    [
      'both times that the clocks show when it begins',
      [NEW_YORK],
      { from: '01:30', to: '05:00' },
      '2026-11-01T04:00Z',
      '2026-11-01T05:30Z',
      '2026-11-01T10:00Z',
    ],
    [
      'that begins in the hour that is left out',
      [NEW_YORK],
      { from: '02:30', to: '05:00' },
      '2026-03-08T04:00Z',
      '2026-03-08T06:30Z',
      '2026-03-08T09:00Z',
    ],
  ])('%s', (_name, zones, hours, now, from, until) => {
    expect(quietTime(zones, hours, new Date(now))).toEqual({ from: new Date(from), until: new Date(until) });
  });

  it('is none where no zone is known', () => {
    expect(quietTime([], USUAL, new Date('2026-11-24T03:40Z'))).toBeNull();
  });

  const zone = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
  const moment = fc.date({ min: new Date('2015-01-01'), max: new Date('2035-01-01'), noInvalidDate: true });

  it('is now exactly where the clock of one of the zones shows one of the hours', () => {
    fc.assert(
      fc.property(fc.array(zone, { minLength: 1, maxLength: 3 }), moment, (zones, now) => {
        const shown = zones.map((timeZone) =>
          now.toLocaleTimeString('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }),
        );
        const span = quietTime(zones, USUAL, now);
        expect(span !== null && span.from <= now).toBe(shown.some((it) => it >= '21:00' || it < '08:00'));
        expect(span !== null && span.until > now).toBe(true);
      }),
    );
  });
});

describe('whether numbers tell the time', () => {
  it.each([
    ['one zone', [NEW_YORK], true],
    ['both sides of a state', ['America/Boise', LOS_ANGELES], true],
    ['a whole country', ['Australia/Perth', 'Australia/Sydney', 'Australia/Lord_Howe'], true],
    ['from Guam to Bermuda', ['Pacific/Guam', NEW_YORK, 'Atlantic/Bermuda'], false],
    ['none', [], false],
  ])('%s', (_name, zones, tells) => {
    expect(tellTheTime(zones, new Date('2026-11-24T03:40Z'))).toBe(tells);
  });
});
