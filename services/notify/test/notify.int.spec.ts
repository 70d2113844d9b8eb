import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { getConnectionToken } from '@nestjs/mongoose';
import {
  DirectoryInboxChanged,
  EraseNews,
  GetPreferences,
  ListNotifications,
  RegisterDevice,
  RemoveDevice,
  SetPreferences,
  UserNotified,
  type Conversation,
  type Envelope,
  type Notification,
} from '@partyline/contracts';
import {
  eventOf,
  eventually,
  freshDbPrefix,
  mongoUrl,
  Neighbour,
  startNats,
  startRedis,
  startService,
  type RunningService,
  type TestNats,
  type TestRedis,
} from '@partyline/testing';
import { Redis } from 'ioredis';
import type { Connection } from 'mongoose';
import { alertId } from '../src/application/schedule-alerts.js';
import { SweepAlerts } from '../src/application/sweep-alerts.js';
import { claimed, givenOut, newConversation, textReceived, transferred } from './support/conversations.js';
import { InboxService } from './support/inbox-service.js';
import { userCame } from './support/neighbours.js';

const DEMO = 'demo';
const SALES = 'ring_group-sales';
const ALERT_AFTER_MS = 700;
const viewer = { tenantId: DEMO, userId: 'ben', correlationId: 'co_test' };

let nats: TestNats;
let redis: TestRedis;
let redisClient: Redis;
let prefix: string;
let notify: RunningService;
let inbox: InboxService;
let routing: Neighbour;
let gateway: Neighbour;
let told: Envelope<Notification>[];

beforeAll(async () => {
  nats = await startNats();
  redis = await startRedis();
  redisClient = new Redis(redis.url);
  prefix = freshDbPrefix();
  gateway = await Neighbour.start({ service: 'gateway', natsUrl: nats.urls.gateway, publishes: 'accounts' });
  routing = await Neighbour.start({ service: 'routing', natsUrl: nats.urls.routing, publishes: 'routing' });
  inbox = await InboxService.start(nats.urls.inbox);
  notify = await startService(async () => (await import('../src/app.module.js')).AppModule, {
    MONGODB_URL: mongoUrl(),
    MONGODB_DB_PREFIX: prefix,
    NATS_URL: nats.urls.notify,
    REDIS_URL: redis.url,
    PARTYLINE_ALERT_AFTER_SECONDS: String(ALERT_AFTER_MS / 1000),
  });
  told = gateway.follow('notify', UserNotified);
  await gateway.publish(
    userCame('ada', 'admin', 'ada the user'),
    userCame('ben', 'member', 'ben the user'),
    userCame('cleo', 'member', 'cleo the user'),
    userCame('olga', 'observer', 'olga the user'),
  );
  await routing.publish(salesInbox(1, 15));
  await eventually(
    async () =>
      (await collection('people').countDocuments()) === 4 &&
      (await collection('inboxes').countDocuments()) === 1,
  );
}, 120_000);

afterAll(async () => {
  redisClient?.disconnect();
  await notify?.stop();
  await inbox?.stop();
  await routing?.stop();
  await gateway?.stop();
  await redis?.stop();
  await nats?.stop();
});

beforeEach(() => {
  inbox.waiting.length = 0;
});

function salesInbox(revision: number, alertAfterMinutes: number | null) {
  return eventOf(DirectoryInboxChanged, DEMO, {
    revision,
    removed: false,
    inbox: {
      id: SALES,
      name: 'Sales',
      kind: 'shared',
      source: { kind: 'ring_group', id: 'sales' },
      memberIds: ['ben', 'cleo', 'olga'],
      reopenTo: 'unassigned',
      alertAfterMinutes,
      active: true,
    },
  });
}

function collection(name: string) {
  const { db } = notify.app.get<Connection>(getConnectionToken());
  if (!db) throw new Error('not connected');
  return db.collection<{ _id: string; state?: string; told?: boolean; scheduledAt?: Date }>(name);
}
const about = (conversation: Conversation) =>
  told
    .filter(({ data }) => data.conversationId === conversation.id)
    .map(({ data }) => `${data.userId} ${data.kind}`)
    .sort();
const alertOf = ({ id, epoch }: Conversation) =>
  collection('alerts').findOne({ _id: alertId(DEMO, id, epoch) });
const jobOf = ({ id, epoch }: Conversation) =>
  redisClient.exists(`${prefix}-notify:alerts:${alertId(DEMO, id, epoch)}`);
/** Long enough that a test can do something before the alert is due. */
const soon = (ms: number) => new Date(Date.now() + ms).toISOString();
const NEVER_DUE_HERE = 3_600_000;

describe('notifications', () => {
  it('tell the members who can act of a text on Unassigned, and list it for each', async () => {
    const conversation = newConversation({ waitingSince: soon(NEVER_DUE_HERE) });
    await inbox.publish(textReceived(conversation, 'do you have it in blue?'));
    await eventually(() => expect(about(conversation)).toEqual(['ben unassigned', 'cleo unassigned']));
    const listed = await gateway.call(ListNotifications, { ...viewer, limit: 10 });
    expect(listed.ok && listed.value[0]).toMatchObject({
      kind: 'unassigned',
      conversationId: conversation.id,
      title: '+14155550100 (Sales)',
      body: 'do you have it in blue?',
    });
    const other = await gateway.call(ListNotifications, { ...viewer, tenantId: 'other', limit: 10 });
    expect(other).toEqual({ ok: true, value: [] });
  });

  it('tell each person once, however often the event comes', async () => {
    const conversation = newConversation({ waitingSince: soon(NEVER_DUE_HERE) });
    const event = textReceived(conversation);
    await inbox.publish(
      ...Array.from({ length: 5 }, (_, index) => ({ ...event, msgId: `again-${index}-${conversation.id}` })),
    );
    const after = newConversation({ waitingSince: soon(NEVER_DUE_HERE) });
    await inbox.publish(textReceived(after));
    await eventually(() => expect(about(after)).toHaveLength(2));
    expect(about(conversation)).toEqual(['ben unassigned', 'cleo unassigned']);
    expect(await collection('notifications').countDocuments({ conversationId: conversation.id })).toBe(2);
  });

  it('tell the owner of texts, and the new owner of a transfer, and nobody of a claim', async () => {
    const taken = claimed(newConversation({ waitingSince: soon(NEVER_DUE_HERE) }), 'ben');
    await inbox.publish(taken.event);
    await inbox.publish(textReceived({ ...taken.conversation, seq: 3 }));
    await inbox.publish(transferred({ ...taken.conversation, seq: 3 }, 'ben', 'cleo'));
    await eventually(() => expect(about(taken.conversation)).toEqual(['ben mine', 'cleo handed_over']));
  });

  it('wait for an inbox that they have not heard of yet', async () => {
    const conversation = newConversation({ inboxId: 'department-new' });
    await inbox.publish(textReceived(conversation));
    const sales = salesInbox(1, null).envelope.data as { inbox: object };
    await routing.publish(
      eventOf(DirectoryInboxChanged, DEMO, {
        ...sales,
        revision: 1,
        removed: false,
        inbox: { ...sales.inbox, id: 'department-new', name: 'New' } as never,
      }),
    );
    await eventually(() => expect(about(conversation)).toEqual(['ben unassigned', 'cleo unassigned']));
  });

  it('tell of what an inbox gives out only whoever is given it', async () => {
    const sales = salesInbox(1, null).envelope.data as { inbox: object };
    const id = 'department-giving';
    await routing.publish(
      eventOf(DirectoryInboxChanged, DEMO, {
        ...sales,
        revision: 1,
        removed: false,
        inbox: { ...sales.inbox, id, autoAssign: { rule: 'round_robin', limit: 5 } } as never,
      }),
    );
    const conversation = newConversation({ inboxId: id });
    await inbox.publish(textReceived(conversation));
    await inbox.publish(givenOut(conversation, 'cleo'));
    await eventually(() => expect(about(conversation)).toEqual(['cleo handed_over']));
  });

  it('follow the preferences of a person', async () => {
    const preferences = { unassigned: { [SALES]: false }, push: true };
    expect(await gateway.call(SetPreferences, { ...viewer, preferences })).toEqual({
      ok: true,
      value: preferences,
    });
    expect(await gateway.call(GetPreferences, viewer)).toEqual({ ok: true, value: preferences });
    const conversation = newConversation({ waitingSince: soon(NEVER_DUE_HERE) });
    await inbox.publish(textReceived(conversation));
    await eventually(() => expect(about(conversation)).toEqual(['cleo unassigned']));
    await gateway.call(SetPreferences, { ...viewer, preferences: { unassigned: {}, push: true } });
  });
});

describe('devices', () => {
  const keys = { p256dh: 'B'.repeat(87), auth: 'a'.repeat(22) };
  it('are kept for pushes, and belong to who registered last', async () => {
    const endpoint = 'https://fcm.googleapis.com/fcm/send/test-device';
    const subscription = { endpoint, keys };
    expect(await gateway.call(RegisterDevice, { ...viewer, subscription })).toMatchObject({ ok: true });
    expect(await gateway.call(RegisterDevice, { ...viewer, userId: 'cleo', subscription })).toMatchObject({
      ok: true,
    });
    expect(await gateway.call(RemoveDevice, { ...viewer, endpoint })).toEqual({
      ok: true,
      value: { removed: false },
    });
    const removed = await gateway.call(RemoveDevice, { ...viewer, userId: 'cleo', endpoint });
    expect(removed).toEqual({ ok: true, value: { removed: true } });
  });

  it('cannot be addresses inside of our own network', async () => {
    const subscription = { endpoint: 'https://169.254.169.254/latest', keys };
    expect(await gateway.call(RegisterDevice, { ...viewer, subscription })).toMatchObject({
      ok: false,
      error: { code: 'VALIDATION', issues: [{ path: 'subscription.endpoint' }] },
    });
  });
});

describe('alerts', () => {
  const waitingLong = (conversation: Conversation) =>
    about(conversation).filter((line) => line.endsWith('waiting_long'));

  it('tell the Admins, once, of a conversation that nobody takes', async () => {
    const conversation = newConversation();
    await inbox.publish(textReceived(conversation));
    await eventually(() => expect(waitingLong(conversation)).toEqual(['ada waiting_long']));
    await inbox.publish(textReceived({ ...conversation, seq: 2 }, 'hello?'));
    await eventually(() => expect(about(conversation)).toHaveLength(5));
    expect(await alertOf(conversation)).toMatchObject({ state: 'sent', told: true });
    expect(waitingLong(conversation)).toEqual(['ada waiting_long']);
  });

  it('are cancelled by a claim', async () => {
    const conversation = newConversation({ waitingSince: soon(500) });
    await inbox.publish(textReceived(conversation));
    await eventually(async () => expect(await jobOf(conversation)).toBe(1));
    await inbox.publish(claimed(conversation, 'ben').event);
    await eventually(async () => {
      expect(await alertOf(conversation)).toMatchObject({ state: 'cancelled' });
      expect(await jobOf(conversation)).toBe(0);
    });
    // One that is due later has come: this one would have, too.
    const later = newConversation({ waitingSince: soon(600) });
    await inbox.publish(textReceived(later));
    await eventually(() => expect(waitingLong(later)).toHaveLength(1));
    expect(waitingLong(conversation)).toEqual([]);
  });

  it('are not begun by an event that comes late, after the claim', async () => {
    const conversation = newConversation({ waitingSince: soon(NEVER_DUE_HERE) });
    await inbox.publish(claimed(conversation, 'ben').event, textReceived(conversation));
    await eventually(() => expect(about(conversation)).toHaveLength(2));
    expect(await alertOf(conversation)).toBeNull();
  });

  it('come although Redis lost everything', async () => {
    const conversation = newConversation({ waitingSince: soon(1500) });
    await inbox.publish(textReceived(conversation));
    await eventually(async () => expect(await jobOf(conversation)).toBe(1));
    await redisClient.flushall();
    expect(await jobOf(conversation)).toBe(0);
    inbox.waiting.push(waitingEntry(conversation));
    await notify.app.get(SweepAlerts).execute();
    expect(await jobOf(conversation)).toBe(1);
    await eventually(() => expect(waitingLong(conversation)).toEqual(['ada waiting_long']));
    expect(await alertOf(conversation)).toMatchObject({ state: 'sent' });
  });

  it('come for conversations that only the inbox service knows of, and go for those it does not', async () => {
    // Of the second, notify last heard that it was taken: what came after that was lost with a stream.
    const taken = claimed(newConversation(), 'ben');
    await inbox.publish(taken.event);
    const [first, second] = [newConversation(), { ...taken.conversation, epoch: 5 }];
    inbox.waiting.push(waitingEntry(first), waitingEntry(second));
    const over = newConversation({ waitingSince: soon(NEVER_DUE_HERE) });
    await inbox.publish(textReceived(over));
    await eventually(async () => expect(await alertOf(over)).toMatchObject({ state: 'scheduled' }));
    const longAgo = new Date(Date.now() - 120_000);
    await collection('alerts').updateOne(
      { _id: alertId(DEMO, over.id, over.epoch) },
      { $set: { scheduledAt: longAgo } },
    );
    await notify.app.get(SweepAlerts).execute();
    await eventually(() => {
      expect(waitingLong(first)).toEqual(['ada waiting_long']);
      expect(waitingLong(second)).toEqual(['ada waiting_long']);
    });
    expect(await alertOf(over)).toBeNull();
    expect(await jobOf(over)).toBe(0);
  });

  it('are told after a crash between the decision and the telling', async () => {
    const conversation = newConversation({ waitingSince: soon(NEVER_DUE_HERE) });
    await inbox.publish(textReceived(conversation));
    await eventually(async () => expect(await alertOf(conversation)).toMatchObject({ state: 'scheduled' }));
    await collection('alerts').updateOne(
      { _id: alertId(DEMO, conversation.id, conversation.epoch) },
      { $set: { state: 'sent', endedAt: new Date(Date.now() - 120_000) } },
    );
    inbox.waiting.push(waitingEntry(conversation));
    await notify.app.get(SweepAlerts).execute();
    await eventually(() => expect(waitingLong(conversation)).toEqual(['ada waiting_long']));
    expect(await alertOf(conversation)).toMatchObject({ told: true });
  });

  it('follow the minutes that an Admin sets for the inbox', async () => {
    const conversation = newConversation({ waitingSince: soon(NEVER_DUE_HERE) });
    await inbox.publish(textReceived(conversation));
    await eventually(async () => expect(await jobOf(conversation)).toBe(1));
    await routing.publish(salesInbox(2, null));
    await eventually(async () => {
      expect(await alertOf(conversation)).toBeNull();
      expect(await jobOf(conversation)).toBe(0);
    });
    await routing.publish(salesInbox(3, 15));
    await eventually(async () =>
      expect(await collection('inboxes').findOne({ alertAfterMinutes: 15 })).not.toBeNull(),
    );
  });

  it('follow them although a crash came between keeping the change and following it', async () => {
    const conversation = newConversation({ waitingSince: soon(NEVER_DUE_HERE) });
    await inbox.publish(textReceived(conversation));
    await eventually(async () => expect(await jobOf(conversation)).toBe(1));
    await collection('inboxes').updateOne(
      { id: SALES, revision: 3 },
      { $set: { revision: 4, alertAfterMinutes: null } },
    );
    await routing.publish(salesInbox(4, null));
    await eventually(async () => {
      expect(await alertOf(conversation)).toBeNull();
      expect(await jobOf(conversation)).toBe(0);
    });
    await routing.publish(salesInbox(5, 15));
    await eventually(async () =>
      expect(await collection('inboxes').findOne({ alertAfterMinutes: 15 })).not.toBeNull(),
    );
  });
});

describe('when somebody is forgotten', () => {
  it('what people were told of their conversations is dropped, and nothing else', async () => {
    const [erased, other] = [newConversation(), newConversation()];
    await inbox.publish(textReceived(erased), textReceived(other));
    await eventually(() => expect([about(erased), about(other)].map(({ length }) => length)).toEqual([2, 2]));
    const erase = (tenantId: string) => gateway.call(EraseNews, { tenantId, conversationIds: [erased.id] });
    expect(await erase('other')).toEqual({ ok: true, value: { erased: 0 } });
    expect(await erase(DEMO)).toEqual({ ok: true, value: { erased: 2 } });
    const left = (one: Conversation) =>
      collection('notifications').countDocuments({ conversationId: one.id });
    expect([await left(erased), await left(other)]).toEqual([0, 2]);
  });
});

describe('without Redis', () => {
  it('people are told, this instance stays ready, and the gauge says it', async () => {
    redisClient.disconnect();
    await redis.stop();
    const metrics = async () => (await fetch(`${notify.url}/metrics`)).text();
    await eventually(async () => expect(await metrics()).toMatch(/^partyline_notify_redis_up(\{.*\})? 0$/m));
    const conversation = newConversation();
    await inbox.publish(textReceived(conversation));
    await eventually(() => expect(about(conversation)).toEqual(['ben unassigned', 'cleo unassigned']));
    expect((await fetch(`${notify.url}/health/ready`)).status).toBe(200);
    // Due long enough that its timer would be lost: the sweep fires it by itself.
    inbox.waiting.push(
      waitingEntry({ ...conversation, waitingSince: new Date(Date.now() - 60_000).toISOString() }),
    );
    await collection('alerts').updateOne(
      { _id: alertId(DEMO, conversation.id, conversation.epoch) },
      { $set: { dueAt: new Date(Date.now() - 60_000) } },
    );
    await notify.app.get(SweepAlerts).execute();
    await eventually(() => expect(about(conversation)).toContain('ada waiting_long'));
  });
});

function waitingEntry({ id, inboxId, epoch, waitingSince }: Conversation) {
  return {
    tenantId: DEMO,
    conversationId: id,
    inboxId,
    epoch,
    waitingSince: waitingSince ?? new Date().toISOString(),
    title: '+14155550100',
  };
}
