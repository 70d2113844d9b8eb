import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { announcementDelayMs, retryDelayMs } from './backoff.js';

describe('waiting before the next attempt', () => {
  it.each([
    [0, 0, null, 1_000],
    [3, 0, null, 8_000],
    [3, 0.5, null, 8_800],
    [30, 0, null, 300_000],
    [0, 0, 60_000, 60_000],
    [5, 0, 1_000, 32_000],
  ])('after %d failures, jitter %d, asked for %s ms: %d ms', (tries, jitter, wish, expected) => {
    expect(retryDelayMs(tries, jitter, wish)).toBe(expected);
  });

  it('is at least a second, at most six minutes, and never less than the carrier asks for', () => {
    const wish = fc.option(fc.integer({ min: 0, max: 3_600_000 }));
    const jitter = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(fc.nat(10_000), jitter, wish, (tries, spread, asked) => {
        const delay = retryDelayMs(tries, spread, asked);
        expect(delay).toBeGreaterThanOrEqual(Math.max(1_000, asked ?? 0));
        expect(delay).toBeLessThanOrEqual(Math.max(360_000, asked ?? 0));
      }),
    );
  });
});

describe('waiting to announce again', () => {
  it.each([
    [0, 30_000],
    [1, 30_000],
    [2, 60_000],
    [5, 480_000],
    [6, 600_000],
    [1_000, 600_000],
  ])('after %d announcements: %d ms', (times, expected) => {
    expect(announcementDelayMs(times)).toBe(expected);
  });
});
