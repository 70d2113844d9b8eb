import { Injectable } from '@nestjs/common';
import { somebodyCanManageUsers } from '../../domain/admin-rule.js';
import { Refused } from '../refused.js';
import { Accounts, type AccountsChange } from './accounts.js';

/** Every change of users and roles goes through here: whatever it does, somebody must be able to manage users after it. */
@Injectable()
export class ChangeAccounts {
  constructor(private readonly accounts: Accounts) {}

  execute<T>(tenantId: string, work: (change: AccountsChange) => Promise<T>): Promise<T> {
    return this.accounts.change(tenantId, async (change) => {
      const result = await work(change);
      if (!somebodyCanManageUsers(await change.activeUsers(), await change.roles())) {
        throw new Refused(
          'IN_USE',
          'This would leave nobody who can manage users. Give another active user that permission first.',
        );
      }
      return result;
    });
  }
}
