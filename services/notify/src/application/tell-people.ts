import { Injectable } from '@nestjs/common';
import { EventPublisher, type OutgoingEvent } from '@partyline/bus';
import { UserNotified } from '@partyline/contracts';
import { Clock, failpoint } from '@partyline/kernel';
import type { NewNotification } from './new-notification.js';
import { NotificationStore } from './notification-store.js';
import { PushToDevices } from './push-to-devices.js';

/** Keeps notifications, shows them to open browsers at once, and sends them to the devices of who wants that. */
@Injectable()
export class TellPeople {
  constructor(
    private readonly store: NotificationStore,
    private readonly publisher: EventPublisher,
    private readonly pushToDevices: PushToDevices,
    private readonly clock: Clock,
  ) {}

  /** Repeatable: each person is told each thing once. Rejects when it could not be announced. */
  async execute(notifications: readonly NewNotification[]): Promise<void> {
    if (notifications.length === 0) return;
    const untold = await this.store.add(notifications);
    if (untold.length === 0) return;
    failpoint('notify.notifications-stored');
    const outcomes = await this.publisher.publish(untold.map((each) => this.announcement(each)));
    for (const outcome of outcomes) if (!outcome.ok) throw outcome.error;
    failpoint('notify.notifications-published');
    await this.pushToDevices.execute(untold);
    failpoint('notify.pushes-queued');
    await this.store.markAnnounced(untold);
    failpoint('notify.notifications-marked');
  }

  private announcement({ tenantId, eventId, correlationId, notification }: NewNotification): OutgoingEvent {
    return {
      subject: UserNotified.subject(tenantId, notification.userId),
      envelope: {
        id: notification.id,
        type: UserNotified.type,
        version: UserNotified.version,
        occurredAt: this.clock.now().toISOString(),
        tenantId,
        aggregateId: notification.userId,
        actor: { kind: 'system', id: 'notify' },
        correlationId,
        causationId: eventId,
        data: notification,
      },
    };
  }
}
