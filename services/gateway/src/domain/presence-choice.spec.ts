import { describe, expect, it } from '@jest/globals';
import { presenceOf, type PresenceChoice } from './presence-choice.js';

const NOW = new Date('2026-11-23T12:00:00.000Z');
const LATER = '2026-11-30T08:00:00Z';

describe('saying that one is away', () => {
  it.each<[string, PresenceChoice, object]>([
    ['until one says otherwise', { availability: 'away' }, { availability: 'away', awayUntil: null }],
    [
      'until a moment',
      { availability: 'out_of_office', awayUntil: LATER },
      { availability: 'out_of_office', awayUntil: '2026-11-30T08:00:00.000Z' },
    ],
    [
      'no more, which forgets the moment',
      { availability: 'available' },
      { availability: 'available', awayUntil: null },
    ],
    ['not at all', {}, {}],
  ])('%s', (_, choice, fields) => {
    expect(presenceOf(choice, NOW)).toEqual({ ok: true, value: fields });
  });

  it.each<[string, PresenceChoice]>([
    ['until now', { availability: 'away', awayUntil: '2026-11-23T12:00:00.000Z' }],
    ['for more than a year', { availability: 'away', awayUntil: '2028-11-23T12:00:00.000Z' }],
    ['while one is available', { availability: 'available', awayUntil: LATER }],
    ['without saying how', { awayUntil: LATER }],
  ])('%s is refused', (_, choice) => {
    expect(presenceOf(choice, NOW).ok).toBe(false);
  });
});
