import type { Permission } from '@partyline/contracts';
import type { Role, User } from './account.js';

/** What makes a user one who can let others in again. */
const KEY: Permission = 'manageUsers';

/**
 * Whether somebody active can still manage users. A change after which nobody can is refused: the tenant would be
 * locked out of its own installation.
 */
export function somebodyCanManageUsers(
  users: readonly Pick<User, 'active' | 'roleId'>[],
  roles: readonly Pick<Role, 'id' | 'permissions'>[],
): boolean {
  const keepers = new Set(roles.filter((role) => role.permissions.includes(KEY)).map((role) => role.id));
  return users.some((user) => user.active && keepers.has(user.roleId));
}
