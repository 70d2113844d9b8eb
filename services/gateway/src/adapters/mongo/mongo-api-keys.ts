import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import type { ApiKey } from '../../domain/api-key.js';
import { ApiKeys } from '../../application/api-keys/api-keys.js';
import { collectionsOf, toApiKey, type Collections } from './documents.js';

const MINUTE_MS = 60_000;

/** A key stands in the document of the user that its machine acts as, so that the two can never disagree. */
@Injectable()
export class MongoApiKeys extends ApiKeys {
  private readonly collections: Collections;

  constructor(@InjectConnection() connection: Connection) {
    super();
    this.collections = collectionsOf(connection);
  }

  override async list(tenantId: string): Promise<ApiKey[]> {
    const found = await this.collections.users
      .find({ tenantId, machine: { $exists: true } })
      .sort({ 'machine.createdAt': -1, id: 1 })
      .toArray();
    return found.flatMap((user) => toApiKey(user) ?? []);
  }

  override async find(tenantId: string, id: string): Promise<ApiKey | null> {
    const found = await this.collections.users.findOne({ tenantId, id, machine: { $exists: true } });
    return found && toApiKey(found);
  }

  override async touch(tenantId: string, id: string, now: Date): Promise<void> {
    const before = new Date(now.getTime() - MINUTE_MS);
    await this.collections.users.updateOne(
      { tenantId, id, machine: { $exists: true }, 'machine.lastUsedAt': { $not: { $gt: before } } },
      { $set: { 'machine.lastUsedAt': now } },
    );
  }
}
