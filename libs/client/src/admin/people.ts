import type {
  changeRoleBody,
  changeUserBody,
  createUserBody,
  roleBody,
  RoleView,
  UserView,
} from '@partyline/contracts';
import type { z } from 'zod';
import type { Call } from '../request.js';
import { resource } from '../resource.js';

export const peopleCalls = (call: Call) => ({
  /** To remove one is to disable one: what they did stays theirs. */
  users: resource<UserView, z.input<typeof createUserBody>, z.input<typeof changeUserBody>>(
    call,
    '/admin/users',
  ),
  roles: resource<RoleView, z.input<typeof roleBody>, z.input<typeof changeRoleBody>>(call, '/admin/roles'),
});
