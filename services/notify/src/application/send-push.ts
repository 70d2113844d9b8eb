import { Injectable } from '@nestjs/common';
import type { Notification } from '@partyline/contracts';
import { failpoint } from '@partyline/kernel';
import { DeviceStore } from './device-store.js';
import { NotificationStore } from './notification-store.js';
import { PushSender, type PushJob } from './push.js';

/** Where something is that is about no conversation. */
const ADMIN_PAGES: Readonly<Partial<Record<Notification['kind'], string>>> = {
  webhook_disabled: '/admin/webhooks',
  number_quiet: '/admin/carriers',
  number_heard: '/admin/carriers',
  account_failing: '/admin/carriers',
  account_recovered: '/admin/carriers',
};

/** Sends one notification to one device. Rejects where trying again later may help. */
@Injectable()
export class SendPush {
  constructor(
    private readonly devices: DeviceStore,
    private readonly notifications: NotificationStore,
    private readonly sender: PushSender,
  ) {}

  async execute({ tenantId, notificationId, deviceId }: PushJob): Promise<void> {
    const device = await this.devices.find(tenantId, deviceId);
    const notification = await this.notifications.find(tenantId, notificationId);
    // Somebody else may have signed in on that device since.
    if (!device || !notification || device.userId !== notification.userId) return;
    const { title, body, conversationId, inboxId } = notification;
    const url =
      ADMIN_PAGES[notification.kind] ??
      `/inboxes/${encodeURIComponent(inboxId)}/c/${encodeURIComponent(conversationId)}`;
    failpoint('notify.push-taken');
    const outcome = await this.sender.send(device, {
      title,
      body,
      url,
      tag: conversationId || notification.id,
    });
    failpoint('notify.push-sent');
    if (outcome === 'gone') await this.devices.drop(tenantId, deviceId);
  }
}
