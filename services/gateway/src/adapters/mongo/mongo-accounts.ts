import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { failpoint } from '@partyline/kernel';
import type { Connection } from 'mongoose';
import type { Role, Tenant, User } from '../../domain/account.js';
import { Accounts, type AccountsChange, type UserWithPassword } from '../../application/accounts/accounts.js';
import { OutboxBell } from '../../application/accounts/outbox-bell.js';
import { Refused } from '../../application/refused.js';
import { collectionsOf, PERSON, toRole, toTenant, toUser, type Collections } from './documents.js';
import { MongoAccountsChange } from './mongo-accounts-change.js';

@Injectable()
export class MongoAccounts extends Accounts {
  private readonly collections: Collections;

  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly bell: OutboxBell,
  ) {
    super();
    this.collections = collectionsOf(connection);
  }

  override async tenant(tenantId: string): Promise<Tenant | null> {
    const found = await this.collections.tenants.findOne({ _id: tenantId });
    return found && toTenant(found);
  }

  override async userByEmail(email: string): Promise<UserWithPassword | null> {
    const found = await this.collections.users.findOne({ email, ...PERSON });
    return found && { user: toUser(found), passwordHash: found.passwordHash };
  }

  override async user(tenantId: string, userId: string): Promise<UserWithPassword | null> {
    const found = await this.collections.users.findOne({ tenantId, id: userId, ...PERSON });
    return found && { user: toUser(found), passwordHash: found.passwordHash };
  }

  override async dueBack(now: string): Promise<Pick<User, 'tenantId' | 'id'>[]> {
    const tenants = await this.collections.tenants.find({}, { projection: { _id: 1 } }).toArray();
    const due = tenants.map(({ _id: tenantId }) =>
      this.collections.users
        .find({ tenantId, awayUntil: { $lte: now } }, { projection: { _id: 0, tenantId: 1, id: 1 } })
        .toArray(),
    );
    return (await Promise.all(due)).flat();
  }

  override async users(tenantId: string): Promise<User[]> {
    const found = await this.collections.users
      .find({ tenantId, ...PERSON })
      .sort({ name: 1, id: 1 })
      .toArray();
    return found.map(toUser);
  }

  override async role(tenantId: string, roleId: string): Promise<Role | null> {
    const found = await this.collections.roles.findOne({ tenantId, id: roleId });
    return found && toRole(found);
  }

  override async roles(tenantId: string): Promise<Role[]> {
    const found = await this.collections.roles.find({ tenantId }).sort({ name: 1 }).toArray();
    return found.map(toRole);
  }

  override async isEmpty(): Promise<boolean> {
    return (await this.collections.users.findOne({}, { projection: { _id: 1 } })) === null;
  }

  override async ensureTenant({ id, name }: Tenant): Promise<void> {
    await this.collections.tenants.updateOne(
      { _id: id },
      { $setOnInsert: { name, changes: 0 } },
      { upsert: true },
    );
  }

  /** A transaction: accounts change rarely, and a rule about all users of a tenant spans documents. */
  override async change<T>(tenantId: string, work: (change: AccountsChange) => Promise<T>): Promise<T> {
    const session = await this.connection.startSession();
    try {
      const result = await session.withTransaction(
        async () => {
          // Whoever comes second meets this write, waits, and then sees what the first one did.
          const tenant = await this.collections.tenants.updateOne(
            { _id: tenantId },
            { $inc: { changes: 1 } },
            { session },
          );
          if (tenant.matchedCount === 0) throw new Refused('NOT_FOUND', 'There is no such tenant.');
          return await work(new MongoAccountsChange(this.collections, session, tenantId));
        },
        { readConcern: { level: 'snapshot' }, writeConcern: { w: 'majority', journal: true } },
      );
      failpoint('gateway.accounts-changed');
      this.bell.ring();
      return result;
    } finally {
      await session.endSession();
    }
  }
}
