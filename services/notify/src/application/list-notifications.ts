import { Injectable } from '@nestjs/common';
import type { Notification } from '@partyline/contracts';
import { NotificationStore } from './notification-store.js';

@Injectable()
export class ListUserNotifications {
  constructor(private readonly store: NotificationStore) {}

  execute(tenantId: string, userId: string, limit: number): Promise<Notification[]> {
    return this.store.list(tenantId, userId, limit);
  }
}
