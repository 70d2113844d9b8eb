import { Injectable } from '@nestjs/common';
import { Clock } from '@partyline/kernel';
import type { Principal, User } from '../../domain/account.js';
import { madeId } from '../../domain/made-id.js';
import type { PresenceChoice } from '../../domain/presence-choice.js';
import { madeBefore } from '../made-before.js';
import { Refused } from '../refused.js';
import { Principals } from '../sessions/principals.js';
import { PasswordHasher } from '../sessions/password-hasher.js';
import { Accounts, type AccountsChange } from './accounts.js';
import { choosePresence } from './choose-presence.js';
import { ChangeAccounts } from './change-accounts.js';

export interface CreateUser {
  readonly email: string;
  readonly name: string;
  readonly roleId: string;
  readonly password: string;
}

export interface ChangeUser extends PresenceChoice {
  readonly email?: string | undefined;
  readonly name?: string | undefined;
  readonly roleId?: string | undefined;
  readonly active?: boolean | undefined;
  readonly password?: string | undefined;
}

/** What an Admin does with the users of their tenant. */
@Injectable()
export class ManageUsers {
  constructor(
    private readonly accounts: Accounts,
    private readonly changes: ChangeAccounts,
    private readonly principals: Principals,
    private readonly hasher: PasswordHasher,
    private readonly clock: Clock,
  ) {}

  list(admin: Principal): Promise<User[]> {
    return this.accounts.users(admin.tenantId);
  }

  async get(admin: Principal, userId: string): Promise<User> {
    const found = await this.accounts.user(admin.tenantId, userId);
    if (!found) throw noSuchUser();
    return found.user;
  }

  /** Once for each `commandId`, however often it comes. */
  async create(admin: Principal, input: CreateUser, commandId: string): Promise<User> {
    const id = madeId('us', admin, commandId);
    const passwordHash = await this.hasher.hash(input.password);
    return await this.changes.execute(admin.tenantId, async (change) => {
      const there = await change.user(id);
      if (there) {
        const { email, name, roleId } = there;
        const isAsAsked = email === input.email && name === input.name && roleId === input.roleId;
        return madeBefore('user', there, isAsAsked);
      }
      await requireRole(change, input.roleId);
      return await change.insertUser({
        tenantId: admin.tenantId,
        id,
        email: input.email,
        name: input.name,
        roleId: input.roleId,
        active: true,
        availability: 'available',
        awayUntil: null,
        passwordHash,
      });
    });
  }

  /** Disabling somebody, and giving them another password, ends all of their sessions. */
  async change(admin: Principal, userId: string, input: ChangeUser): Promise<User> {
    const { password, availability, awayUntil, ...fields } = input;
    const presence = choosePresence({ availability, awayUntil }, this.clock.now());
    const passwordHash = password === undefined ? undefined : await this.hasher.hash(password);
    const user = await this.changes.execute(admin.tenantId, async (change) => {
      if ((await change.user(userId)) === null) throw noSuchUser();
      if (fields.roleId !== undefined) await requireRole(change, fields.roleId);
      const changed = await change.updateUser(userId, {
        ...present(fields),
        ...presence,
        ...(passwordHash === undefined ? {} : { passwordHash }),
      });
      if (!changed.active || passwordHash !== undefined) {
        const reason = changed.active ? 'password-changed' : 'user-disabled';
        await change.endSessions(userId, reason, this.clock.now());
      }
      return changed;
    });
    this.principals.forgetUser(admin.tenantId, userId);
    return user;
  }
}

async function requireRole(change: AccountsChange, roleId: string): Promise<void> {
  if ((await change.role(roleId)) === null) {
    throw new Refused('VALIDATION', `There is no role "${roleId}".`, {
      issues: [{ path: 'roleId', message: 'no such role' }],
    });
  }
}

const noSuchUser = (): Refused => new Refused('NOT_FOUND', 'There is no such user.');

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Only the fields that were given. */
function present<T extends object>(fields: T): Present<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Present<T>;
}
