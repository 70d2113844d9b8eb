import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { Clock } from '@partyline/kernel';
import { unlessNewer } from '@partyline/mongo';
import type { Connection, mongo } from 'mongoose';
import { WaitStore } from '../../application/wait-store.js';
import type { WaitState } from '../../domain/alert.js';
import { databaseOf } from './database.js';

interface WaitDocument extends WaitState {
  readonly observedAt: Date;
}

@Injectable()
export class MongoWaitStore extends WaitStore {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly clock: Clock,
  ) {
    super();
  }

  override async observe(states: readonly WaitState[]): Promise<readonly WaitState[]> {
    if (states.length === 0) return [];
    const observedAt = this.clock.now();
    await unlessNewer(() =>
      this.collection.bulkWrite(
        states.map(({ tenantId, conversationId, ...state }) => ({
          updateOne: {
            filter: { tenantId, conversationId, seq: { $lt: state.seq } },
            update: { $set: { ...state, observedAt } },
            upsert: true,
          },
        })),
        { ordered: false },
      ),
    );
    return this.collection
      .find({ $or: states.map(({ tenantId, conversationId }) => ({ tenantId, conversationId })) })
      .toArray();
  }

  override find(tenantId: string, conversationId: string): Promise<WaitState | null> {
    return this.collection.findOne({ tenantId, conversationId });
  }

  private get collection(): mongo.Collection<WaitDocument> {
    return databaseOf(this.connection).collection<WaitDocument>('waits');
  }
}
