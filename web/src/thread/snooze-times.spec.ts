import { describe, expect, it } from '@jest/globals';
import { snoozeChoices } from './snooze-times.js';

const local = (day: number, hour: number): string => new Date(2026, 10, day, hour).toISOString();

describe('until when one snoozes', () => {
  it('means the reader’s own evening, morning and Monday', () => {
    // A Wednesday.
    const choices = snoozeChoices(new Date(2026, 10, 25, 10));
    expect(choices.map(({ id, until }) => [id, until])).toEqual([
      ['text', null],
      ['hour', local(25, 11)],
      ['evening', local(25, 18)],
      ['tomorrow', local(26, 9)],
      ['monday', local(30, 9)],
    ]);
  });
  it('offers no evening that is nearly over, and no Monday that is tomorrow', () => {
    expect(snoozeChoices(new Date(2026, 10, 29, 17)).map(({ id }) => id)).toEqual([
      'text',
      'hour',
      'tomorrow',
    ]);
    expect(snoozeChoices(new Date(2026, 10, 23, 8)).at(-1)).toMatchObject({ until: local(30, 9) });
  });
});
