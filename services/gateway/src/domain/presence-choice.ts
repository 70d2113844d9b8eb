import { fail, ok, type Result } from '@partyline/kernel';
import type { User } from './account.js';

const LONGEST_MS = 366 * 86_400_000;

/** What somebody says of themselves, or an Admin of them. */
export interface PresenceChoice {
  readonly availability?: User['availability'] | undefined;
  /** ISO 8601. */
  readonly awayUntil?: string | null | undefined;
}

/** The fields to set, none where nothing was chosen; or what is wrong with `awayUntil`. */
export function presenceOf(
  { availability, awayUntil = null }: PresenceChoice,
  now: Date,
): Result<Partial<Pick<User, 'availability' | 'awayUntil'>>, string> {
  if (availability === undefined) {
    return awayUntil === null ? ok({}) : fail('say which availability it is that ends then');
  }
  if (awayUntil === null) return ok({ availability, awayUntil });
  if (availability === 'available') return fail('only who is away or out of office comes back');
  const length = Date.parse(awayUntil) - now.getTime();
  if (!(length > 0 && length <= LONGEST_MS)) return fail('has to be yet to come, at most a year from now');
  return ok({ availability, awayUntil: new Date(awayUntil).toISOString() });
}
