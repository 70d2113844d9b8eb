import type { ErrorCode } from '@partyline/contracts';
import { problemOf } from '../problem.js';

const SENTENCES: Readonly<Record<ErrorCode, string>> = {
  VALIDATION: 'name: Too small: expected string to have >=1 characters.',
  UNAUTHENTICATED: 'Sign in first: the access token is missing, expired or no longer good.',
  FORBIDDEN: 'Your role does not allow this (it needs the permission manageUsers).',
  NOT_FOUND: 'There is no such conversation, or you cannot see it.',
  ASSIGNED_TO_OTHER: 'Ben Ortiz took this conversation.',
  STALE: 'Somebody else changed this in the meantime.',
  NOT_OWNER: 'Assign it to yourself first.',
  NEW_ACTIVITY: 'The customer wrote since you last looked.',
  DONE: 'This conversation is done. Reopen it first.',
  ALREADY_OPEN: 'This conversation is open already.',
  IN_USE: 'Somebody has this email address already.',
  TOO_LARGE: 'This is larger than what is taken.',
  OPTED_OUT: '+14155550123 opted out of texts from this number, so nothing can be sent to them.',
  NOT_MEMBER: 'You are not in the group of Support; assign it to somebody who is.',
  RATE_LIMITED: 'Too many requests. Try again in a moment.',
  INTERNAL: 'Something went wrong on our side. Give the correlation id to whoever runs this installation.',
  UNAVAILABLE: 'The inbox service cannot be reached at the moment. Try again shortly.',
  OUTCOME_UNKNOWN:
    'No answer came in time, so this may or may not have happened. Send it again with the same Idempotency-Key.',
};
/** What some of them tell besides. */
const BESIDES: Readonly<Partial<Record<ErrorCode, object>>> = {
  VALIDATION: { issues: [{ path: 'name', message: 'Too small: expected string to have >=1 characters' }] },
  ASSIGNED_TO_OTHER: { by: { id: 'ben', name: 'Ben Ortiz' }, at: '2026-11-23T18:00:00.000Z' },
};
const REQUEST = { path: '/api/v1/…', correlationId: 'co_4be1d1a2c0f54d3c9d0a7a1c0b0e7f11' };

/** A problem of each code, as it is answered. */
export const PROBLEM_EXAMPLES = Object.fromEntries(
  Object.entries(SENTENCES).map(([name, message]) => {
    const code = name as ErrorCode;
    return [code, { value: problemOf({ code, message, ...BESIDES[code] }, REQUEST) }];
  }),
);
