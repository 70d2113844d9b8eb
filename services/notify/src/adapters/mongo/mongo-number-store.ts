import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { unlessNewer } from '@partyline/mongo';
import type { Connection, mongo } from 'mongoose';
import { NumberStore, type NumberChange, type WatchedNumber } from '../../application/quiet/ports.js';
import { databaseOf } from './database.js';

interface NumberDocument extends WatchedNumber {
  readonly tenantId: string;
  readonly revision: number;
}

@Injectable()
export class MongoNumberStore extends NumberStore {
  constructor(@InjectConnection() private readonly connection: Connection) {
    super();
  }

  override async apply(changes: readonly NumberChange[]): Promise<void> {
    for (const { tenantId, revision, number } of changes) {
      await unlessNewer(() =>
        this.collection.updateOne(
          { tenantId, id: number.id, revision: { $lt: revision } },
          { $set: { ...number, revision } },
          { upsert: true },
        ),
      );
    }
  }

  override async known(tenantId: string): Promise<ReadonlyMap<string, WatchedNumber>> {
    const found = await this.collection.find({ tenantId }).toArray();
    return new Map(found.map((number) => [number.id, number]));
  }

  private get collection(): mongo.Collection<NumberDocument> {
    return databaseOf(this.connection).collection<NumberDocument>('numbers');
  }
}
