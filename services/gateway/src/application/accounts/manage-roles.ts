import { Injectable } from '@nestjs/common';
import type { Permission } from '@partyline/contracts';
import type { Principal, Role } from '../../domain/account.js';
import { madeId } from '../../domain/made-id.js';
import { madeBefore, sameSet } from '../made-before.js';
import { Refused } from '../refused.js';
import { Principals } from '../sessions/principals.js';
import { Accounts } from './accounts.js';
import { ChangeAccounts } from './change-accounts.js';

export interface RoleInput {
  readonly name: string;
  readonly permissions: readonly Permission[];
}

/** What an Admin does with the roles of their tenant. */
@Injectable()
export class ManageRoles {
  constructor(
    private readonly accounts: Accounts,
    private readonly changes: ChangeAccounts,
    private readonly principals: Principals,
  ) {}

  list(admin: Principal): Promise<Role[]> {
    return this.accounts.roles(admin.tenantId);
  }

  async get(admin: Principal, roleId: string): Promise<Role> {
    const role = await this.accounts.role(admin.tenantId, roleId);
    if (!role) throw noSuchRole();
    return role;
  }

  /** Once for each `commandId`, however often it comes. */
  create(admin: Principal, input: RoleInput, commandId: string): Promise<Role> {
    const { tenantId } = admin;
    const role: Role = { tenantId, id: madeId('ro', admin, commandId), ready: false, ...input };
    return this.changes.execute(tenantId, async (change) => {
      const there = await change.role(role.id);
      if (there) {
        const isAsAsked = there.name === role.name && sameSet(there.permissions, role.permissions);
        return madeBefore('role', there, isAsAsked);
      }
      await change.insertRole(role);
      return role;
    });
  }

  /** Whoever has the role may do the new things, and no others, from the next request on. */
  async change(
    admin: Principal,
    roleId: string,
    patch: { readonly name?: string | undefined; readonly permissions?: readonly Permission[] | undefined },
  ): Promise<Role> {
    const changed = await this.changes.execute(admin.tenantId, async (change) => {
      if ((await change.role(roleId)) === null) throw noSuchRole();
      return await change.updateRole(roleId, {
        ...(patch.name === undefined ? {} : { name: patch.name }),
        ...(patch.permissions === undefined ? {} : { permissions: patch.permissions }),
      });
    });
    this.principals.forgetTenant(admin.tenantId);
    return changed;
  }

  remove(admin: Principal, roleId: string): Promise<void> {
    return this.changes.execute(admin.tenantId, async (change) => {
      const role = await change.role(roleId);
      if (!role) throw noSuchRole();
      if (role.ready) throw new Refused('IN_USE', `The role ${role.name} came with Partyline and stays.`);
      const users = await change.countUsersOfRole(roleId);
      if (users > 0) {
        throw new Refused(
          'IN_USE',
          `${users} users have the role ${role.name}. Give them another one first.`,
        );
      }
      await change.removeRole(roleId);
    });
  }
}

const noSuchRole = (): Refused => new Refused('NOT_FOUND', 'There is no such role.');
