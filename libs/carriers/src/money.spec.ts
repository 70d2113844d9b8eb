import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decimalOf, millionthsOf } from './money.js';

describe('money', () => {
  it.each([
    ['0', 0, '0'],
    ['0.0079', 7_900, '0.0079'],
    ['0.000001', 1, '0.000001'],
    ['1', 1_000_000, '1'],
    ['1.50', 1_500_000, '1.5'],
    ['00012.1', 12_100_000, '12.1'],
    ['99999.999999', 99_999_999_999, '99999.999999'],
  ])('%s is %i millionths, which is %s', (decimal, millionths, again) => {
    expect(millionthsOf(decimal)).toBe(millionths);
    expect(decimalOf(millionths)).toBe(again);
  });

  it.each(['', ' 1', '-1', '+1', '1.', '.5', '1,5', '1e3', '0x1', '0.0000001', '100000', 'NaN', '١'])(
    '"%s" is no price',
    (decimal) => expect(millionthsOf(decimal)).toBeNull(),
  );

  it('is the same after there and back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999_999 }), (millionths) => {
        expect(millionthsOf(decimalOf(millionths))).toBe(millionths);
      }),
    );
  });
});
