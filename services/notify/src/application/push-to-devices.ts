import { Injectable } from '@nestjs/common';
import { Clock } from '@partyline/kernel';
import { isThere } from '../domain/person.js';
import { DEFAULT_PREFERENCES } from '../domain/preferences.js';
import { DeviceStore } from './device-store.js';
import type { NewNotification } from './new-notification.js';
import { PeopleStore } from './people-store.js';
import { PreferencesStore } from './preferences-store.js';
import { PushQueue, type PushJob } from './push.js';
import { SendPush } from './send-push.js';

/** What happened longer ago (a stream read again from its begin) is in the list, but rings no phone. */
const FRESH_MS = 15 * 60_000;

/** Puts a push into the queue for each device of each person who is there and wants that. */
@Injectable()
export class PushToDevices {
  constructor(
    private readonly devices: DeviceStore,
    private readonly preferences: PreferencesStore,
    private readonly people: PeopleStore,
    private readonly queue: PushQueue,
    private readonly sendPush: SendPush,
    private readonly clock: Clock,
  ) {}

  async execute(notifications: readonly NewNotification[]): Promise<void> {
    const now = this.clock.now().getTime();
    const fresh = notifications.filter(({ notification }) => now - Date.parse(notification.at) < FRESH_MS);
    const jobs: PushJob[] = [];
    for (const tenantId of new Set(fresh.map((each) => each.tenantId))) {
      const own = fresh.filter((each) => each.tenantId === tenantId).map(({ notification }) => notification);
      jobs.push(...(await this.jobsOf(tenantId, own)));
    }
    if (jobs.length === 0 || (await this.queue.add(jobs))) return;
    // Without its queue a push is tried once; the notification itself stands in the list in any case.
    await Promise.allSettled(jobs.map((job) => this.sendPush.execute(job)));
  }

  private async jobsOf(
    tenantId: string,
    notifications: readonly { readonly id: string; readonly userId: string }[],
  ): Promise<PushJob[]> {
    const userIds = [...new Set(notifications.map(({ userId }) => userId))];
    const devices = await this.devices.of(tenantId, userIds);
    if (devices.length === 0) return [];
    const preferences = await this.preferences.find(tenantId, userIds);
    const people = await this.people.find(tenantId, userIds);
    const isAway = (userId: string) => {
      const person = people.get(userId);
      return person !== undefined && !isThere(person);
    };
    return notifications
      .filter(({ userId }) => !isAway(userId))
      .filter(({ userId }) => (preferences.get(userId) ?? DEFAULT_PREFERENCES).push)
      .flatMap(({ id, userId }) =>
        devices
          .filter((device) => device.userId === userId)
          .map((device) => ({ tenantId, notificationId: id, deviceId: device.id })),
      );
  }
}
