import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { phoneMarks } from './phone-marks.js';

describe('what a number is found by again', () => {
  it.each([
    '+12125550101',
    '12125550101',
    '2125550101',
    '(212) 555-0101',
    '212.555.0101',
    '1-212-555-0101',
    'x=12125550101&y=9',
  ])('is the same for %s', (written) => {
    expect(phoneMarks(written)).toContain('25550101');
  });

  it('is there for two numbers side by side, and not for what is no number', () => {
    expect(phoneMarks('13105550142 12125550101')).toEqual(expect.arrayContaining(['05550142', '25550101']));
    expect(phoneMarks('at 10:30 for 5 people, 2026')).toEqual([]);
  });

  it('is in any text that the number stands in by itself', () => {
    fc.assert(
      fc.property(fc.bigInt(10n ** 9n, 10n ** 14n), fc.string(), (number, text) =>
        phoneMarks(`${text.replace(/\d/g, '')}"${number}"`).includes(String(number).slice(-8)),
      ),
    );
  });
});
