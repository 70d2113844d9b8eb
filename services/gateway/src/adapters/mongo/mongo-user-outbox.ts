import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import type { User } from '../../domain/account.js';
import { UserOutbox, type UserToPublish } from '../../application/accounts/accounts.js';
import { collectionsOf, toUser, type Collections } from './documents.js';

@Injectable()
export class MongoUserOutbox extends UserOutbox {
  private readonly collections: Collections;

  constructor(@InjectConnection() connection: Connection) {
    super();
    this.collections = collectionsOf(connection);
  }

  override async pending(limit: number): Promise<UserToPublish[]> {
    const pending: UserToPublish[] = [];
    for (const tenantId of await this.tenantIds()) {
      if (pending.length >= limit) break;
      pending.push(...(await this.pendingOf(tenantId, limit - pending.length)));
    }
    return pending;
  }

  override async markPublished(users: readonly User[]): Promise<void> {
    if (users.length === 0) return;
    await this.collections.users.bulkWrite(
      users.map(({ tenantId, id, revision }) => ({
        updateOne: {
          filter: { tenantId, id, revision },
          update: {
            $set: { publishedRevision: revision, unpublished: false },
            $unset: { again: '' as const },
          },
        },
      })),
      { ordered: false },
    );
  }

  override async reopenAll(again: string): Promise<void> {
    for (const tenantId of await this.tenantIds()) {
      await this.collections.users.updateMany({ tenantId }, { $set: { unpublished: true, again } });
    }
  }

  private async pendingOf(tenantId: string, limit: number): Promise<UserToPublish[]> {
    const users = await this.collections.users.find({ tenantId, unpublished: true }).limit(limit).toArray();
    if (users.length === 0) return [];
    const roles = await this.collections.roles.find({ tenantId }).toArray();
    const permissions = new Map(roles.map((role) => [role.id, role.permissions]));
    return users.map((user) => ({
      user: toUser(user),
      permissions: user.machine?.scopes ?? permissions.get(user.roleId) ?? [],
      ...(user.again === undefined ? {} : { again: user.again }),
    }));
  }

  private async tenantIds(): Promise<string[]> {
    const tenants = await this.collections.tenants.find({}, { projection: { _id: 1 } }).toArray();
    return tenants.map(({ _id }) => _id);
  }
}
