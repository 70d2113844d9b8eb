import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection, mongo } from 'mongoose';
import { DeliveryStore, type NewDelivery } from '../../application/webhooks/ports.js';
import type { Delivery, Try } from '../../domain/webhook.js';
import { databaseOf } from './database.js';

interface DeliveryDocument extends Omit<Delivery, 'id'> {
  readonly _id: string;
}

const TRIES_KEPT = 20;

@Injectable()
export class MongoDeliveryStore extends DeliveryStore {
  constructor(@InjectConnection() private readonly connection: Connection) {
    super();
  }

  override async add(deliveries: readonly NewDelivery[]): Promise<void> {
    await this.collection.bulkWrite(
      deliveries.map(({ id, tenantId, ...rest }) => ({
        updateOne: {
          filter: { _id: id, tenantId },
          update: { $setOnInsert: { ...rest, state: 'pending', attempts: 0, tries: [] } },
          upsert: true,
        },
      })),
      { ordered: false },
    );
  }

  override async drop(tenantId: string, conversationIds: readonly string[]): Promise<number> {
    // A body is kept as it was signed, and names its conversation; ids are base64url, nothing that an expression would read.
    const { deletedCount } = await this.collection.deleteMany({
      tenantId,
      body: { $in: conversationIds.map((id) => new RegExp(id)) },
    });
    return deletedCount;
  }

  override async list(tenantId: string, endpointId: string, limit: number): Promise<readonly Delivery[]> {
    const found = await this.collection
      .find({ tenantId, endpointId })
      .sort({ createdAt: -1, _id: 1 })
      .limit(limit)
      .toArray();
    return found.map(toDelivery);
  }

  override async claim(tenantId: string, id: string, now: Date, until: Date): Promise<Delivery | null> {
    const found = await this.collection.findOneAndUpdate(
      { _id: id, tenantId, state: 'pending', nextAt: { $lte: now } },
      { $set: { nextAt: until }, $inc: { attempts: 1 } },
      { returnDocument: 'after' },
    );
    return found && toDelivery(found);
  }

  override async record(
    { tenantId, id }: Pick<Delivery, 'tenantId' | 'id'>,
    attempt: Try,
    next: { readonly state: Delivery['state']; readonly nextAt: Date | null },
  ): Promise<void> {
    await this.collection.updateOne(
      { _id: id, tenantId },
      {
        $set: { state: next.state, ...(next.nextAt ? { nextAt: next.nextAt } : {}) },
        $push: { tries: { $each: [attempt], $slice: -TRIES_KEPT } },
      },
    );
  }

  override async reopen(
    tenantId: string,
    endpointId: string,
    id: string,
    now: Date,
  ): Promise<Delivery | null> {
    const found = await this.collection.findOneAndUpdate(
      { _id: id, tenantId, endpointId },
      { $set: { state: 'pending', nextAt: now, attempts: 0 } },
      { returnDocument: 'after' },
    );
    return found && toDelivery(found);
  }

  override async overdue(moment: Date, limit: number): Promise<readonly Delivery[]> {
    const found = await this.collection
      .find({ state: 'pending', nextAt: { $lt: moment } })
      .hint('pending')
      .limit(limit)
      .toArray();
    return found.map(toDelivery);
  }

  private get collection(): mongo.Collection<DeliveryDocument> {
    return databaseOf(this.connection).collection<DeliveryDocument>('webhookDeliveries');
  }
}

const toDelivery = ({ _id: id, ...rest }: DeliveryDocument): Delivery => ({ id, ...rest });
