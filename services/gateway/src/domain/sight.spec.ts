import { describe, expect, it } from '@jest/globals';
import type { Permission } from '@partyline/contracts';
import { seesInbox } from './sight.js';

const inbox = { memberIds: ['ben'], active: true };
const person = (
  userId: string,
  permissions: Permission[],
): { userId: string; permissions: Permission[] } => ({
  userId,
  permissions,
});

describe('who sees an inbox after it changed', () => {
  it.each([
    ['a member', person('ben', ['view']), inbox, false, true],
    ['one who was taken out', person('cleo', ['view']), inbox, false, false],
    ['an Admin who is no member', person('ada', ['view', 'assignAny']), inbox, false, true],
    ['a member whose role may not view', person('ben', ['reply']), inbox, false, false],
    ['a member of a removed one', person('ben', ['view']), inbox, true, false],
    [
      'a member of one that is switched off',
      person('ben', ['view']),
      { ...inbox, active: false },
      false,
      false,
    ],
  ])('%s', (_label, who, what, removed, expected) => {
    expect(seesInbox(who, what, removed)).toBe(expected);
  });
});
