import type { mongo } from 'mongoose';
import { isDuplicateKey } from '@partyline/mongo';
import type { ApiKey } from '../../domain/api-key.js';
import type { Role, User } from '../../domain/account.js';
import type { AccountsChange, NewUser, UserPatch } from '../../application/accounts/accounts.js';
import { Refused } from '../../application/refused.js';
import type { RevokeReason } from '../../application/sessions/sessions.js';
import { PERSON, toApiKey, toRole, toUser, userOfKey, type Collections } from './documents.js';

const REVISE = { $inc: { revision: 1 } } as const;

/** One change of one tenant's accounts, inside of its transaction. */
export class MongoAccountsChange implements AccountsChange {
  constructor(
    private readonly collections: Collections,
    private readonly session: mongo.ClientSession,
    private readonly tenantId: string,
  ) {}

  async user(id: string): Promise<User | null> {
    const found = await this.collections.users.findOne({ ...this.key(id), ...PERSON }, this.within());
    return found && toUser(found);
  }

  async role(id: string): Promise<Role | null> {
    const found = await this.collections.roles.findOne(this.key(id), this.within());
    return found && toRole(found);
  }

  async roles(): Promise<Role[]> {
    const found = await this.collections.roles.find({ tenantId: this.tenantId }, this.within()).toArray();
    return found.map(toRole);
  }

  async activeUsers(): Promise<Pick<User, 'active' | 'roleId'>[]> {
    return await this.collections.users
      .find({ tenantId: this.tenantId, active: true }, this.within())
      .project<Pick<User, 'active' | 'roleId'>>({ _id: 0, active: 1, roleId: 1 })
      .toArray();
  }

  countUsersOfRole(roleId: string): Promise<number> {
    return this.collections.users.countDocuments({ tenantId: this.tenantId, roleId }, this.within());
  }

  async insertUser(user: NewUser): Promise<User> {
    const created = {
      ...user,
      tenantId: this.tenantId,
      revision: 1,
      publishedRevision: 0,
      unpublished: true,
    };
    await this.collections.users.insertOne(created, this.within()).catch(refuseTakenEmail);
    return toUser(created);
  }

  async updateUser(id: string, patch: UserPatch): Promise<User> {
    const updated = await this.collections.users
      .findOneAndUpdate(
        { ...this.key(id), ...PERSON },
        { ...REVISE, $set: { ...patch, unpublished: true } },
        { ...this.within(), returnDocument: 'after' },
      )
      .catch(refuseTakenEmail);
    if (!updated) throw new Refused('NOT_FOUND', 'There is no such user.');
    return toUser(updated);
  }

  async insertRole(role: Role): Promise<void> {
    await this.collections.roles
      .insertOne({ ...role, tenantId: this.tenantId, permissions: [...role.permissions] }, this.within())
      .catch(refuseTakenName);
  }

  async updateRole(id: string, patch: Partial<Pick<Role, 'name' | 'permissions'>>): Promise<Role> {
    const { name, permissions } = patch;
    const fields = {
      ...(name === undefined ? {} : { name }),
      ...(permissions === undefined ? {} : { permissions: [...permissions] }),
    };
    const updated = await this.collections.roles
      .findOneAndUpdate(this.key(id), { $set: fields }, { ...this.within(), returnDocument: 'after' })
      .catch(refuseTakenName);
    if (!updated) throw new Refused('NOT_FOUND', 'There is no such role.');
    if (permissions !== undefined) {
      await this.collections.users.updateMany(
        { tenantId: this.tenantId, roleId: id },
        { ...REVISE, $set: { unpublished: true } },
        this.within(),
      );
    }
    return toRole(updated);
  }

  async removeRole(id: string): Promise<void> {
    await this.collections.roles.deleteOne(this.key(id), this.within());
  }

  async endSessions(
    userId: string,
    reason: RevokeReason,
    now: Date,
    exceptSessionId?: string,
  ): Promise<void> {
    await this.collections.sessions.updateMany(
      {
        tenantId: this.tenantId,
        userId,
        revokedAt: null,
        ...(exceptSessionId === undefined ? {} : { id: { $ne: exceptSessionId } }),
      },
      { $set: { revokedAt: now, revokedBecause: reason } },
      this.within(),
    );
  }

  async apiKey(id: string): Promise<ApiKey | null> {
    const found = await this.collections.users.findOne(this.machine(id), this.within());
    return found && toApiKey(found);
  }

  async replaceApiKeySecret(id: string, hash: string): Promise<void> {
    await this.collections.users.updateOne(
      this.machine(id),
      { $set: { 'machine.hash': hash } },
      this.within(),
    );
  }

  async insertApiKey(key: ApiKey): Promise<void> {
    await this.collections.users.insertOne(userOfKey(key), this.within());
  }

  async revokeApiKey(id: string, now: Date): Promise<ApiKey | null> {
    await this.collections.users.updateOne(
      { ...this.machine(id), 'machine.revokedAt': null },
      { ...REVISE, $set: { active: false, unpublished: true, 'machine.revokedAt': now } },
      this.within(),
    );
    return this.apiKey(id);
  }

  private machine(id: string) {
    return { ...this.key(id), machine: { $exists: true } };
  }

  private key(id: string): { tenantId: string; id: string } {
    return { tenantId: this.tenantId, id };
  }

  private within(): { session: mongo.ClientSession } {
    return { session: this.session };
  }
}

function refuseTakenEmail(error: unknown): never {
  if (!isDuplicateKey(error, { email: 1 })) throw error;
  throw new Refused('IN_USE', 'Somebody has this email address already.', {
    issues: [{ path: 'email', message: 'already in use' }],
  });
}

function refuseTakenName(error: unknown): never {
  if (!isDuplicateKey(error, { tenantId: 1, name: 1 })) throw error;
  throw new Refused('IN_USE', 'There is a role of this name already.', {
    issues: [{ path: 'name', message: 'already in use' }],
  });
}
