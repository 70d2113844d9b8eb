import type { User } from '../../domain/account.js';
import { presenceOf, type PresenceChoice } from '../../domain/presence-choice.js';
import { Refused } from '../refused.js';

/** The fields of a user that a choice sets. Throws Refused VALIDATION. */
export function choosePresence(
  choice: PresenceChoice,
  now: Date,
): Partial<Pick<User, 'availability' | 'awayUntil'>> {
  const fields = presenceOf(choice, now);
  if (fields.ok) return fields.value;
  throw new Refused('VALIDATION', `awayUntil: ${fields.error}.`, {
    issues: [{ path: 'awayUntil', message: fields.error }],
  });
}
