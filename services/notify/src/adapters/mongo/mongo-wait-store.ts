import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { Clock } from '@partyline/kernel';
import { mongo, type Connection } from 'mongoose';
import { WaitStore } from '../../application/wait-store.js';
import type { WaitState } from '../../domain/alert.js';
import { databaseOf } from './database.js';

interface WaitDocument extends WaitState {
  readonly observedAt: Date;
}

const DUPLICATE_KEY = 11_000;

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
    try {
      await this.collection.bulkWrite(
        states.map(({ tenantId, conversationId, ...state }) => ({
          updateOne: {
            filter: { tenantId, conversationId, seq: { $lt: state.seq } },
            update: { $set: { ...state, observedAt } },
            upsert: true,
          },
        })),
        { ordered: false },
      );
    } catch (error) {
      // Where the filter finds nothing although the conversation is there, what is held is as new or newer.
      if (!onlyDuplicates(error)) throw error;
    }
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

function onlyDuplicates(error: unknown): boolean {
  if (!(error instanceof mongo.MongoBulkWriteError) || error.result.getWriteConcernError()) return false;
  const errors = error.result.getWriteErrors();
  return errors.length > 0 && errors.every(({ code }) => code === DUPLICATE_KEY);
}
