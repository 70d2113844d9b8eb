import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection, mongo } from 'mongoose';
import { PreferencesStore } from '../../application/preferences-store.js';
import type { Preferences } from '../../domain/preferences.js';
import { databaseOf } from './database.js';

interface PreferencesDocument {
  readonly tenantId: string;
  readonly userId: string;
  readonly push: boolean;
  /** Pairs, because ids come from outside and field names must not. */
  readonly unassigned: readonly { readonly inboxId: string; readonly told: boolean }[];
}

@Injectable()
export class MongoPreferencesStore extends PreferencesStore {
  constructor(@InjectConnection() private readonly connection: Connection) {
    super();
  }

  override async find(
    tenantId: string,
    userIds: readonly string[],
  ): Promise<ReadonlyMap<string, Preferences>> {
    const found = await this.collection.find({ tenantId, userId: { $in: [...userIds] } }).toArray();
    return new Map(
      found.map(({ userId, push, unassigned }) => [
        userId,
        { push, unassigned: Object.fromEntries(unassigned.map(({ inboxId, told }) => [inboxId, told])) },
      ]),
    );
  }

  override async set(tenantId: string, userId: string, { push, unassigned }: Preferences): Promise<void> {
    const pairs = Object.entries(unassigned).map(([inboxId, told]) => ({ inboxId, told }));
    await this.collection.updateOne(
      { tenantId, userId },
      { $set: { push, unassigned: pairs } },
      { upsert: true },
    );
  }

  private get collection(): mongo.Collection<PreferencesDocument> {
    return databaseOf(this.connection).collection<PreferencesDocument>('preferences');
  }
}
