import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Notification } from '@partyline/contracts';
import { FixedClock } from '@partyline/testing';
import type { Person } from '../domain/person.js';
import type { Preferences } from '../domain/preferences.js';
import { DeviceStore, type Device } from './device-store.js';
import { newNotification, type NewNotification } from './new-notification.js';
import { NotificationStore } from './notification-store.js';
import { PeopleStore } from './people-store.js';
import { PreferencesStore } from './preferences-store.js';
import { PushToDevices } from './push-to-devices.js';
import { PushQueue, PushSender, type PushJob, type PushOutcome, type PushPayload } from './push.js';
import { SendPush } from './send-push.js';

class Devices extends DeviceStore {
  list: Device[] = [];
  override register = (device: Device) => Promise.resolve(void this.list.push(device));
  override remove = () => Promise.resolve(false);
  override drop = (_tenantId: string, id: string) => {
    this.list = this.list.filter((device) => device.id !== id);
    return Promise.resolve();
  };
  override of = (tenantId: string, userIds: readonly string[]) =>
    Promise.resolve(
      this.list.filter((device) => device.tenantId === tenantId && userIds.includes(device.userId)),
    );
  override find = (_tenantId: string, id: string) =>
    Promise.resolve(this.list.find((device) => device.id === id) ?? null);
}
class Notifications extends NotificationStore {
  kept: Notification[] = [];
  override add = (notifications: readonly NewNotification[]) => Promise.resolve(notifications);
  override markAnnounced = () => Promise.resolve();
  override list = () => Promise.resolve(this.kept);
  override drop = (_tenantId: string, ids: readonly string[]) => {
    const before = this.kept.length;
    this.kept = this.kept.filter(({ conversationId }) => !ids.includes(conversationId));
    return Promise.resolve(before - this.kept.length);
  };
  override find = (_tenantId: string, id: string) =>
    Promise.resolve(this.kept.find((notification) => notification.id === id) ?? null);
}
class AllPreferences extends PreferencesStore {
  readonly byUser = new Map<string, Preferences>();
  override find = () => Promise.resolve(this.byUser);
  override set = () => Promise.resolve();
}
class People extends PeopleStore {
  readonly byId = new Map<string, Person>();
  override apply = () => Promise.resolve();
  override find = () => Promise.resolve(this.byId);
  override active = () => Promise.resolve([...this.byId.values()]);
}
class Sender extends PushSender {
  outcome: PushOutcome | Error = 'sent';
  readonly sent: { deviceId: string; payload: PushPayload }[] = [];
  override refuses = () => null;
  override send = (device: Device, payload: PushPayload) => {
    this.sent.push({ deviceId: device.id, payload });
    return this.outcome instanceof Error ? Promise.reject(this.outcome) : Promise.resolve(this.outcome);
  };
}
class Queue extends PushQueue {
  usable = true;
  readonly jobs: PushJob[] = [];
  override add = (jobs: readonly PushJob[]) => {
    if (this.usable) this.jobs.push(...jobs);
    return Promise.resolve(this.usable);
  };
}

const device = (id: string, userId: string): Device => ({
  id,
  tenantId: 'demo',
  userId,
  endpoint: `https://push.example.com/${id}`,
  keys: { p256dh: 'p', auth: 'a' },
});
const told = (userId: string, at = '2026-11-23T12:00:00.000Z') =>
  newNotification('demo', 'ev_1', 'co_1', {
    userId,
    kind: 'unassigned',
    conversationId: 'cv_1',
    inboxId: 'ring_group-sales',
    title: 'Grace (Sales)',
    body: 'hello',
    at,
  });

let devices: Devices;
let notifications: Notifications;
let preferences: AllPreferences;
let people: People;
let sender: Sender;
let queue: Queue;
let push: PushToDevices;
let send: SendPush;

beforeEach(() => {
  devices = new Devices();
  devices.list = [device('phone', 'ben'), device('laptop', 'ben'), device('other', 'cleo')];
  notifications = new Notifications();
  preferences = new AllPreferences();
  people = new People();
  sender = new Sender();
  queue = new Queue();
  send = new SendPush(devices, notifications, sender);
  const clock = new FixedClock('2026-11-23T12:00:30.000Z');
  push = new PushToDevices(devices, preferences, people, queue, send, clock);
});

describe('PushToDevices', () => {
  it('queues one push for each device of each person', async () => {
    await push.execute([told('ben'), told('cleo')]);
    expect(queue.jobs.map(({ deviceId }) => deviceId)).toEqual(['phone', 'laptop', 'other']);
  });

  it('leaves out who does not want pushes, and what is old news', async () => {
    preferences.byUser.set('ben', { unassigned: {}, push: false });
    await push.execute([told('ben'), told('cleo', '2026-11-23T11:00:00.000Z')]);
    expect(queue.jobs).toEqual([]);
  });

  it.each([
    ['available', ['phone', 'laptop']],
    ['away', []],
    ['out_of_office', []],
  ] as const)('rings the phones of who is %s: %j', async (availability, rung) => {
    people.byId.set('ben', { userId: 'ben', name: 'Ben', permissions: [], active: true, availability });
    await push.execute([told('ben')]);
    expect(queue.jobs.map(({ deviceId }) => deviceId)).toEqual(rung);
  });

  it('sends at once, and once, where there is no queue, whatever comes of it', async () => {
    queue.usable = false;
    sender.outcome = new Error('503');
    const one = told('ben');
    notifications.kept = [one.notification];
    await push.execute([one]);
    expect(sender.sent.map(({ deviceId }) => deviceId)).toEqual(['phone', 'laptop']);
  });
});

describe('SendPush', () => {
  const { notification } = told('ben');
  const job = { tenantId: 'demo', notificationId: notification.id, deviceId: 'phone' };
  beforeEach(() => {
    notifications.kept = [notification];
  });

  it('sends a small payload that leads to the conversation', async () => {
    await send.execute(job);
    expect(sender.sent).toEqual([
      {
        deviceId: 'phone',
        payload: {
          title: 'Grace (Sales)',
          body: 'hello',
          url: '/inboxes/ring_group-sales/c/cv_1',
          tag: 'cv_1',
        },
      },
    ]);
  });

  it('forgets a device that is gone', async () => {
    sender.outcome = 'gone';
    await send.execute(job);
    expect(devices.list.map(({ id }) => id)).toEqual(['laptop', 'other']);
  });

  it('fails where another try may help, and keeps the device', async () => {
    sender.outcome = new Error('503');
    await expect(send.execute(job)).rejects.toThrow('503');
    expect(devices.list).toHaveLength(3);
  });

  it('sends nothing to a device on which somebody else has signed in since', async () => {
    await send.execute({ ...job, deviceId: 'other' });
    expect(sender.sent).toEqual([]);
  });
});
