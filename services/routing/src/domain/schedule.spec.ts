import { describe, expect, it } from '@jest/globals';
import type { Schedule } from './directory.js';
import { isOpen, isTimeZone } from './schedule.js';

const office = (timeZone: string, ...hours: Schedule['hours']): Schedule => ({
  id: 'office',
  name: 'Office',
  timeZone,
  hours,
});
const monday = { day: 1, from: '09:00', to: '17:00' };
const night = { day: 5, from: '22:00', to: '06:00' };
const sundayNight = { day: 7, from: '22:00', to: '06:00' };
const allDay = { day: 1, from: '00:00', to: '24:00' };

describe('isOpen', () => {
  it.each([
    // 2026-11-23 is a Monday; New York is UTC-5 then.
    ['opens on the minute', office('America/New_York', monday), '2026-11-23T14:00:00.000Z', true],
    ['is closed a minute before', office('America/New_York', monday), '2026-11-23T13:59:59.999Z', false],
    ['closes on the minute', office('America/New_York', monday), '2026-11-23T22:00:00.000Z', false],
    ['is open in the last minute', office('America/New_York', monday), '2026-11-23T21:59:59.999Z', true],
    ['follows summer time', office('America/New_York', monday), '2026-07-06T13:00:00.000Z', true],
    ['knows quarter-hour zones', office('Asia/Kathmandu', monday), '2026-11-23T03:15:00.000Z', true],
    ['uses the local day', office('Pacific/Auckland', monday), '2026-11-22T21:00:00.000Z', true],
    ['is closed on other days', office('UTC', monday), '2026-11-24T12:00:00.000Z', false],
    ['reaches over midnight', office('UTC', night), '2026-11-28T05:59:00.000Z', true],
    ['ends after midnight', office('UTC', night), '2026-11-28T06:00:00.000Z', false],
    ['does not begin a day early', office('UTC', night), '2026-11-27T05:00:00.000Z', false],
    ['reaches from Sunday into Monday', office('UTC', sundayNight), '2026-11-23T01:00:00.000Z', true],
    ['knows 24:00', office('UTC', allDay), '2026-11-23T23:59:59.000Z', true],
    ['without hours is closed', office('UTC'), '2026-11-23T12:00:00.000Z', false],
  ])('%s', (_name, schedule, at, open) => {
    expect(isOpen(schedule, new Date(at))).toBe(open);
  });

  it('knows time zones by their IANA names', () => {
    expect(isTimeZone('Europe/Berlin')).toBe(true);
    expect(isTimeZone('Mars/Olympus')).toBe(false);
  });
});
