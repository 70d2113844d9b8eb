import { describe, expect, it } from '@jest/globals';
import { isServedType, isShownInPlace, nextTryAt } from './media.js';

const now = new Date('2026-11-24T10:00:00.000Z');
const away = { kind: 'unavailable', reason: 'the carrier answered 404' } as const;

describe('the next try for a picture', () => {
  it('comes soon at first, then later and later, and ends after a day', () => {
    const pauses: number[] = [];
    for (let tries = 1; ; tries += 1) {
      const next = nextTryAt(away, tries, now);
      if (!next) break;
      pauses.push(next.getTime() - now.getTime());
    }
    expect(pauses[0]).toBe(2_000);
    expect(pauses).toEqual(pauses.toSorted((a, b) => a - b));
    const hours = pauses.reduce((sum, pause) => sum + pause, 0) / 3_600_000;
    expect(hours).toBeGreaterThan(20);
    expect(hours).toBeLessThan(30);
  });

  it('never comes for what is refused', () => {
    expect(nextTryAt({ kind: 'refused', reason: 'it is a page' }, 1, now)).toBeNull();
  });
});

describe('files of strangers', () => {
  it.each([
    ['image/png', true, true],
    ['video/mp4', true, true],
    ['audio/amr', true, true],
    ['application/pdf', true, false],
    ['text/vcard', true, false],
    ['image/svg+xml', false, false],
    ['audio/x;html', false, false],
    ['text/html', false, false],
    ['application/octet-stream', false, false],
  ])('%s: served %s, in place %s', (type, served, inPlace) => {
    expect(isServedType(type)).toBe(served);
    expect(isShownInPlace(type)).toBe(inPlace);
  });
});
