import { describe, expect, it } from '@jest/globals';
import { somebodyCanManageUsers } from './admin-rule.js';

const roles = [
  { id: 'admin', permissions: ['view', 'manageUsers'] },
  { id: 'member', permissions: ['view'] },
  { id: 'hr', permissions: ['manageUsers'] },
] as const;

describe('the last Admin', () => {
  it.each([
    ['an active Admin', [{ active: true, roleId: 'admin' }], true],
    ['another role that manages users', [{ active: true, roleId: 'hr' }], true],
    ['only a disabled Admin', [{ active: false, roleId: 'admin' }], false],
    ['only members', [{ active: true, roleId: 'member' }], false],
    ['a role that is gone', [{ active: true, roleId: 'gone' }], false],
    ['nobody', [], false],
  ])('%s: %j -> %s', (_label, users, expected) => {
    expect(somebodyCanManageUsers(users, roles)).toBe(expected);
  });
});
