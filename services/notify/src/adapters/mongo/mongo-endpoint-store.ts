import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { isDuplicateKey } from '@partyline/mongo';
import type { Connection, mongo } from 'mongoose';
import { EndpointStore, type EndpointPatch } from '../../application/webhooks/ports.js';
import type { Endpoint } from '../../domain/webhook.js';
import { databaseOf } from './database.js';

const FIELDS = { projection: { _id: 0 } } as const;

@Injectable()
export class MongoEndpointStore extends EndpointStore {
  constructor(@InjectConnection() private readonly connection: Connection) {
    super();
  }

  override list(tenantId: string): Promise<readonly Endpoint[]> {
    return this.collection.find({ tenantId }, FIELDS).sort({ createdAt: 1 }).toArray();
  }

  override find(tenantId: string, id: string): Promise<Endpoint | null> {
    return this.collection.findOne({ tenantId, id }, FIELDS);
  }

  override wanting(tenantIds: readonly string[]): Promise<readonly Endpoint[]> {
    return this.collection.find({ tenantId: { $in: [...tenantIds] }, active: true }, FIELDS).toArray();
  }

  override async insert(endpoint: Endpoint): Promise<boolean> {
    try {
      await this.collection.insertOne({ ...endpoint });
      return true;
    } catch (error) {
      if (isDuplicateKey(error, { tenantId: 1, id: 1 })) return false;
      throw error;
    }
  }

  override update(tenantId: string, id: string, patch: EndpointPatch): Promise<Endpoint | null> {
    if (Object.keys(patch).length === 0) return this.find(tenantId, id);
    return this.collection.findOneAndUpdate(
      { tenantId, id },
      { $set: patch },
      { ...FIELDS, returnDocument: 'after' },
    );
  }

  override replaceSecrets(
    tenantId: string,
    id: string,
    newest: string,
    secrets: Endpoint['secrets'],
  ): Promise<Endpoint | null> {
    return this.collection.findOneAndUpdate(
      { tenantId, id, 'secrets.0.sealed': newest },
      { $set: { secrets } },
      { ...FIELDS, returnDocument: 'after' },
    );
  }

  override async remove(tenantId: string, id: string): Promise<boolean> {
    return (await this.collection.deleteOne({ tenantId, id })).deletedCount === 1;
  }

  override async arrives(tenantId: string, id: string): Promise<void> {
    await this.collection.updateOne(
      { tenantId, id, failingSince: { $ne: null } },
      { $set: { failingSince: null } },
    );
  }

  override async fails(tenantId: string, id: string, now: Date): Promise<Date | null> {
    await this.collection.updateOne({ tenantId, id, failingSince: null }, { $set: { failingSince: now } });
    return (await this.find(tenantId, id))?.failingSince ?? null;
  }

  private get collection(): mongo.Collection<Endpoint> {
    return databaseOf(this.connection).collection<Endpoint>('webhookEndpoints');
  }
}
