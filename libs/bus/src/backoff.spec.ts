import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { retryDelay } from './backoff.js';

describe('the delay before a retry', () => {
  it.each([
    [1, 250],
    [2, 500],
    [3, 1_000],
    [7, 16_000],
    [8, 30_000],
    [1_000_000, 30_000],
  ])('after try %i is about %i ms', (attempt, expected) => {
    expect(retryDelay(attempt, () => 0.5)).toBe(expected);
  });

  it('strays from that by a fifth at most', () => {
    fc.assert(
      fc.property(fc.nat({ max: 1_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, random) => {
        const delay = retryDelay(attempt, () => random);
        const middle = retryDelay(attempt, () => 0.5);
        expect(Math.abs(delay - middle)).toBeLessThanOrEqual(middle * 0.2 + 1);
      }),
    );
  });
});
