import { isDeepStrictEqual } from 'node:util';
import { Refused } from './refused.js';

/** What a request made before, where it is as it was asked for again now. */
export function madeBefore<T>(what: string, there: T, isAsAsked: boolean): T {
  if (isAsAsked) return there;
  throw new Refused(
    'IN_USE',
    `This Idempotency-Key made another ${what} before, or that was changed since. Look at it, or send a new key.`,
  );
}

export const sameSet = (a: readonly string[], b: readonly string[]): boolean =>
  isDeepStrictEqual(new Set(a), new Set(b));
