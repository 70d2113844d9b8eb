import { describe, expect, it } from '@jest/globals';
import { goodSecrets, nextTry, rotated, ROTATION_MS, toldAgain, whyDisable } from './webhook.js';

const now = new Date('2026-11-23T12:00:00Z');
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000);

const made = (sealed: string) => ({ sealed, madeBy: `request ${sealed}` });

describe('webhooks', () => {
  it('are tried again after longer and longer pauses, and in the end no more', () => {
    const pauses = Array.from({ length: 9 }, (_, index) => {
      const next = nextTry(index + 1, now);
      return next && (next.getTime() - now.getTime()) / 1000;
    });
    expect(pauses).toEqual([5, 30, 120, 900, 3600, 14_400, 43_200, 86_400, null]);
  });

  it.each([
    [{ status: 500 }, 71, null],
    [{ status: 500 }, 72, 'Nothing has arrived there for three days.'],
    [{ status: null }, 100, 'Nothing has arrived there for three days.'],
    [{ status: 410 }, 0, 'It answered 410 Gone: it wants no webhooks any more.'],
  ])('are turned off where %j after %d hours of failing: %s', (attempt, hours, reason) => {
    expect(whyDisable(attempt, hoursAgo(hours), now)).toBe(reason);
  });

  it('are signed with two secrets for a day after a rotation, and never with three', () => {
    const first = [{ sealed: 'a', goodUntil: null }];
    const second = rotated({ secrets: first }, made('b'), now);
    expect(goodSecrets({ secrets: second }, now)).toEqual(['b', 'a']);
    expect(goodSecrets({ secrets: second }, new Date(now.getTime() + ROTATION_MS))).toEqual(['b']);
    expect(goodSecrets({ secrets: rotated({ secrets: second }, made('c'), now) }, now)).toEqual(['c', 'b']);
  });

  it('tell a secret again for an hour, to the request that made it', () => {
    const secrets = rotated({ secrets: [{ sealed: 'a', goodUntil: null }] }, made('b'), now);
    const anHour = new Date(now.getTime() + 3_600_000);
    expect(toldAgain({ secrets }, 'request b', new Date(anHour.getTime() - 1))).toEqual({
      sealed: 'b',
    });
    expect(toldAgain({ secrets }, 'request b', anHour)).toBe('gone');
    expect(toldAgain({ secrets }, 'request a', now)).toBeNull();
    expect(toldAgain({ secrets: secrets.slice(1) }, 'request a', now)).toBeNull();
    const next = rotated({ secrets }, made('c'), now);
    expect(toldAgain({ secrets: next }, 'request b', now)).toBe('gone');
  });
});
