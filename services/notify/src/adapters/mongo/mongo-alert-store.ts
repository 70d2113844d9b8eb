import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { Clock } from '@partyline/kernel';
import type { Connection, mongo } from 'mongoose';
import { AlertStore, type AlertState } from '../../application/alert-store.js';
import type { Alert } from '../../domain/alert.js';
import { databaseOf } from './database.js';

interface AlertDocument extends Omit<Alert, 'id'> {
  readonly _id: string;
  readonly state: AlertState;
  readonly scheduledAt: Date;
  /** Whether the Admins were told, of those that are sent. */
  readonly told: boolean;
  /** When it was sent or cancelled; it is kept for some weeks after that. */
  readonly endedAt?: Date;
}

@Injectable()
export class MongoAlertStore extends AlertStore {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly clock: Clock,
  ) {
    super();
  }

  override async schedule(alerts: readonly Alert[]): Promise<readonly Alert[]> {
    const result = await this.collection.bulkWrite(
      alerts.map(({ id, tenantId, conversationId, epoch, ...rest }) => ({
        updateOne: {
          filter: { tenantId, conversationId, epoch },
          update: {
            $setOnInsert: {
              _id: id,
              ...rest,
              state: 'scheduled',
              told: false,
              scheduledAt: this.clock.now(),
            },
          },
          upsert: true,
        },
      })),
      { ordered: false },
    );
    return alerts.filter((_alert, index) => result.upsertedIds[index] !== undefined);
  }

  override async cancelUpTo(
    tenantId: string,
    conversationId: string,
    epoch: number,
  ): Promise<readonly string[]> {
    const open = await this.collection
      .find(
        { tenantId, conversationId, epoch: { $lte: epoch }, state: 'scheduled' },
        { projection: { _id: 1 } },
      )
      .toArray();
    for (const { _id } of open) await this.cancel(tenantId, _id);
    return open.map(({ _id }) => _id);
  }

  override async cancel(tenantId: string, id: string): Promise<void> {
    await this.collection.updateOne(
      { _id: id, tenantId, state: 'scheduled' },
      { $set: { state: 'cancelled', endedAt: this.clock.now() } },
    );
  }

  override async findScheduled(tenantId: string, id: string): Promise<Alert | null> {
    const found = await this.collection.findOne({ _id: id, tenantId, state: 'scheduled' });
    return found ? toAlert(found) : null;
  }

  override async claimSending(tenantId: string, id: string, at: Date): Promise<boolean> {
    const claimed = await this.collection.updateOne(
      { _id: id, tenantId, state: 'scheduled' },
      { $set: { state: 'sent', endedAt: at } },
    );
    return claimed.modifiedCount === 1;
  }

  override async markTold(tenantId: string, id: string): Promise<void> {
    await this.collection.updateOne({ _id: id, tenantId }, { $set: { told: true } });
  }

  override async sentButNotTold(before: Date): Promise<readonly Alert[]> {
    const found = await this.collection
      .find({ state: 'sent', told: false, endedAt: { $lt: before } })
      .toArray();
    return found.map(toAlert);
  }

  override async *dueBefore(moment: Date): AsyncIterable<Alert> {
    const due = this.collection
      .find({ state: 'scheduled', dueAt: { $lt: moment } })
      .hint('scheduled')
      .sort({ dueAt: 1 });
    for await (const found of due) yield toAlert(found);
  }

  override async *scheduledIn(tenantId: string, inboxId: string): AsyncIterable<Alert> {
    for await (const found of this.collection.find({ tenantId, inboxId, state: 'scheduled' }))
      yield toAlert(found);
  }

  override async reschedule(tenantId: string, id: string, dueAt: Date): Promise<void> {
    await this.collection.updateOne({ _id: id, tenantId, state: 'scheduled' }, { $set: { dueAt } });
  }

  override async forget(tenantId: string, ids: readonly string[]): Promise<void> {
    await this.collection.deleteMany({ _id: { $in: [...ids] }, tenantId, state: 'scheduled' });
  }

  override async *scheduledBefore(before: Date): AsyncIterable<{ tenantId: string; id: string }> {
    const found = this.collection
      .find({ state: 'scheduled', scheduledAt: { $lt: before } }, { projection: { tenantId: 1 } })
      .hint('scheduled');
    for await (const { _id: id, tenantId } of found) yield { tenantId, id };
  }

  override async existing(ids: readonly string[]): Promise<ReadonlySet<string>> {
    const found = await this.collection
      .find({ _id: { $in: [...ids] } }, { projection: { _id: 1 } })
      .toArray();
    return new Set(found.map(({ _id }) => _id));
  }

  private get collection(): mongo.Collection<AlertDocument> {
    return databaseOf(this.connection).collection<AlertDocument>('alerts');
  }
}

function toAlert(found: AlertDocument): Alert {
  const { _id: id, tenantId, conversationId, epoch, inboxId, title, waitingSince, dueAt } = found;
  return { id, tenantId, conversationId, epoch, inboxId, title, waitingSince, dueAt };
}
