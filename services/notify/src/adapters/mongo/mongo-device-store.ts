import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { Clock } from '@partyline/kernel';
import type { Connection, mongo } from 'mongoose';
import { DeviceStore, type Device } from '../../application/device-store.js';
import { databaseOf } from './database.js';

interface DeviceDocument extends Omit<Device, 'id'> {
  readonly _id: string;
  readonly registeredAt: Date;
}

/** More browsers than anybody uses; an endpoint is called for each text. */
const MOST_DEVICES = 20;

@Injectable()
export class MongoDeviceStore extends DeviceStore {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly clock: Clock,
  ) {
    super();
  }

  override async register({ id, tenantId, userId, endpoint, keys }: Device): Promise<void> {
    await this.collection.updateOne(
      { _id: id, tenantId, endpoint },
      { $set: { userId, keys, registeredAt: this.clock.now() } },
      { upsert: true },
    );
    const surplus = await this.collection
      .find({ tenantId, userId }, { projection: { _id: 1 } })
      .sort({ registeredAt: -1 })
      .skip(MOST_DEVICES)
      .toArray();
    if (surplus.length > 0)
      await this.collection.deleteMany({ _id: { $in: surplus.map(({ _id }) => _id) }, tenantId });
  }

  override async remove(tenantId: string, userId: string, endpoint: string): Promise<boolean> {
    return (await this.collection.deleteOne({ tenantId, userId, endpoint })).deletedCount === 1;
  }

  override async drop(tenantId: string, id: string): Promise<void> {
    await this.collection.deleteOne({ _id: id, tenantId });
  }

  override async of(tenantId: string, userIds: readonly string[]): Promise<readonly Device[]> {
    const found = await this.collection.find({ tenantId, userId: { $in: [...userIds] } }).toArray();
    return found.map(toDevice);
  }

  override async find(tenantId: string, id: string): Promise<Device | null> {
    const found = await this.collection.findOne({ _id: id, tenantId });
    return found ? toDevice(found) : null;
  }

  private get collection(): mongo.Collection<DeviceDocument> {
    return databaseOf(this.connection).collection<DeviceDocument>('devices');
  }
}

const toDevice = ({ _id: id, tenantId, userId, endpoint, keys }: DeviceDocument): Device => ({
  id,
  tenantId,
  userId,
  endpoint,
  keys,
});
