import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Notification } from '@partyline/contracts';
import type { Connection, mongo } from 'mongoose';
import type { NewNotification } from '../../application/new-notification.js';
import { NotificationStore } from '../../application/notification-store.js';
import { databaseOf } from './database.js';

interface NotificationDocument extends Omit<Notification, 'id' | 'at'> {
  readonly _id: string;
  readonly tenantId: string;
  readonly eventId: string;
  readonly at: Date;
  /** On the stream and on its way to the devices; kept so that a repeat of its event tells nobody twice. */
  readonly announced: boolean;
}

@Injectable()
export class MongoNotificationStore extends NotificationStore {
  constructor(@InjectConnection() private readonly connection: Connection) {
    super();
  }

  override async add(notifications: readonly NewNotification[]): Promise<readonly NewNotification[]> {
    if (notifications.length === 0) return [];
    await this.collection.bulkWrite(
      notifications.map(({ tenantId, eventId, notification: { id, at, ...rest } }) => ({
        updateOne: {
          filter: { tenantId, userId: rest.userId, eventId },
          update: { $setOnInsert: { _id: id, ...rest, at: new Date(at), announced: false } },
          upsert: true,
        },
      })),
      { ordered: false },
    );
    const ids = notifications.map(({ notification }) => notification.id);
    const announced = await this.collection
      .find({ _id: { $in: ids }, announced: true }, { projection: { _id: 1 } })
      .toArray();
    const done = new Set(announced.map(({ _id }) => _id));
    return notifications.filter(({ notification }) => !done.has(notification.id));
  }

  override async markAnnounced(notifications: readonly NewNotification[]): Promise<void> {
    const ids = notifications.map(({ notification }) => notification.id);
    await this.collection.updateMany({ _id: { $in: ids } }, { $set: { announced: true } });
  }

  override async drop(tenantId: string, conversationIds: readonly string[]): Promise<number> {
    const { deletedCount } = await this.collection.deleteMany({
      tenantId,
      conversationId: { $in: [...conversationIds] },
    });
    return deletedCount;
  }

  override async list(tenantId: string, userId: string, limit: number): Promise<Notification[]> {
    const found = await this.collection
      .find({ tenantId, userId })
      .sort({ at: -1, _id: 1 })
      .limit(limit)
      .toArray();
    return found.map(toNotification);
  }

  override async find(tenantId: string, id: string): Promise<Notification | null> {
    const found = await this.collection.findOne({ _id: id, tenantId });
    return found ? toNotification(found) : null;
  }

  private get collection(): mongo.Collection<NotificationDocument> {
    return databaseOf(this.connection).collection<NotificationDocument>('notifications');
  }
}

function toNotification(found: NotificationDocument): Notification {
  const { _id: id, userId, kind, conversationId, inboxId, title, body, at } = found;
  return { id, userId, kind, conversationId, inboxId, title, body, at: at.toISOString() };
}
