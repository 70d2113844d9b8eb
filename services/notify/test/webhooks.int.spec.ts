import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { getConnectionToken } from '@nestjs/mongoose';
import {
  CreateWebhook,
  ListWebhookDeliveries,
  ListWebhooks,
  RemoveWebhook,
  ResendWebhookDelivery,
  RotateWebhookSecret,
  UpdateWebhook,
  UserNotified,
  type Envelope,
  type Notification,
  type WebhookPayload,
} from '@partyline/contracts';
import {
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
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Webhook as Oracle } from 'standardwebhooks';
import { SweepWebhooks } from '../src/application/webhooks/sweep-webhooks.js';
import { newConversation, textReceived } from './support/conversations.js';
import { InboxService } from './support/inbox-service.js';
import { userCame } from './support/neighbours.js';

jest.setTimeout(60_000);

const ada = { tenantId: 'demo', userId: 'ada', correlationId: 'co_test' };
const ben = { ...ada, userId: 'ben' };

let nats: TestNats;
let redis: TestRedis;
let notify: RunningService;
let inbox: InboxService;
let gateway: Neighbour;
let told: Envelope<Notification>[];
let receiver: Server;
let origin: string;
let answer: number;
let received: { headers: IncomingHttpHeaders; body: string }[];

beforeAll(async () => {
  receiver = createServer((request, response) => {
    void text(request).then((body) => {
      received.push({ headers: request.headers, body });
      response.writeHead(answer, { location: 'http://127.0.0.1:1/elsewhere' }).end();
    });
  });
  await new Promise<void>((resolve) => {
    receiver.listen(0, '127.0.0.1', resolve);
  });
  origin = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  nats = await startNats();
  redis = await startRedis();
  gateway = await Neighbour.start({ service: 'gateway', natsUrl: nats.urls.gateway, publishes: 'accounts' });
  inbox = await InboxService.start(nats.urls.inbox);
  notify = await startService(async () => (await import('../src/app.module.js')).AppModule, {
    MONGODB_URL: mongoUrl(),
    MONGODB_DB_PREFIX: freshDbPrefix(),
    NATS_URL: nats.urls.notify,
    REDIS_URL: redis.url,
    PARTYLINE_SECRETS_KEY: Buffer.alloc(32, 7).toString('base64'),
    PARTYLINE_WEBHOOK_ALLOW_ORIGINS: origin,
  });
  told = gateway.follow('notify', UserNotified);
  await gateway.publish(userCame('ada', 'admin'), userCame('ben', 'member'));
  await eventually(async () => (await gateway.call(ListWebhooks, ada)).ok);
});
afterAll(async () => {
  await notify.stop();
  await inbox.stop();
  await gateway.stop();
  await redis.stop();
  await nats.stop();
  receiver.close();
});
beforeEach(() => {
  answer = 204;
  received = [];
});

const collection = (name: string) => {
  const { db } = notify.app.get<Connection>(getConnectionToken());
  if (!db) throw new Error('not connected');
  return db.collection(name);
};

async function endpoint(path: string): Promise<{ id: string; secret: string }> {
  const made = await gateway.call(CreateWebhook, {
    ...ada,
    webhook: { url: `${origin}${path}`, description: path, events: ['message.received'] },
  });
  if (!made.ok) throw new Error(made.error.message);
  return { id: made.value.webhook.id, secret: made.value.secret };
}
const deliveries = async (id: string) => {
  const log = await gateway.call(ListWebhookDeliveries, { ...ada, id, limit: 50 });
  if (!log.ok) throw new Error(log.error.message);
  return log.value;
};
const off = (id: string) => gateway.call(RemoveWebhook, { ...ada, id });
const headersOf = (headers: IncomingHttpHeaders) => headers as Record<string, string>;

describe('a webhook', () => {
  it('brings what was asked for, once, signed so that the reference library takes it', async () => {
    const { id, secret } = await endpoint('/signed');
    const conversation = newConversation({
      preview: { text: 'secret note', from: 'note', at: '2026-11-23T12:00:00.000Z' },
    });
    const event = textReceived(conversation, 'is it in?');
    await inbox.publish(event, { ...event, msgId: `again-${conversation.id}` });
    await eventually(() => expect(received).toHaveLength(1));
    const [hook] = received;
    const payload = new Oracle(secret).verify(
      hook?.body ?? '',
      headersOf(hook?.headers ?? {}),
    ) as WebhookPayload;
    expect(payload).toMatchObject({
      type: 'message.received',
      timestamp: event.envelope.occurredAt,
      data: { conversationId: conversation.id, event: { text: 'is it in?' } },
    });
    expect(hook?.body).not.toContain('secret note');
    await eventually(async () =>
      expect(await deliveries(id)).toMatchObject([
        { state: 'delivered', attempts: 1, nextAt: null, tries: [{ status: 204, error: null }] },
      ]),
    );
    expect(received).toHaveLength(1);
    expect(JSON.stringify(await collection('webhookEndpoints').findOne({ id }))).not.toContain(
      secret.slice(6),
    );
    await off(id);
  });

  it('that fails is sent again with the same id, and can be sent again by hand', async () => {
    const { id, secret } = await endpoint('/flaky');
    answer = 500;
    await inbox.publish(textReceived(newConversation()));
    await eventually(async () =>
      expect(await deliveries(id)).toMatchObject([{ state: 'pending', tries: [{ status: 500 }] }]),
    );
    const listed = await gateway.call(ListWebhooks, ada);
    expect(listed.ok && listed.value[0]?.failingSince).toEqual(expect.any(String));
    answer = 200;
    const [delivery] = await deliveries(id);
    const again = { ...ada, id, deliveryId: delivery?.id ?? '' };
    expect((await gateway.call(ResendWebhookDelivery, again)).ok).toBe(true);
    await eventually(() => expect(received).toHaveLength(2));
    expect(received[1]?.headers['webhook-id']).toBe(received[0]?.headers['webhook-id']);
    new Oracle(secret).verify(received[1]?.body ?? '', headersOf(received[1]?.headers ?? {}));
    await eventually(async () => expect(await deliveries(id)).toMatchObject([{ state: 'delivered' }]));
    const after = await gateway.call(ListWebhooks, ada);
    expect(after.ok && after.value[0]?.failingSince).toBeNull();
    await off(id);
  });

  it('is sent by the sweep after Redis lost everything', async () => {
    const { id } = await endpoint('/swept');
    answer = 503;
    await inbox.publish(textReceived(newConversation()));
    await eventually(async () => expect(await deliveries(id)).toMatchObject([{ attempts: 1 }]));
    const client = new Redis(redis.url);
    await client.flushall();
    client.disconnect();
    answer = 200;
    await collection('webhookDeliveries').updateOne(
      { endpointId: id },
      { $set: { nextAt: new Date(Date.now() - 60_000) } },
    );
    await notify.app.get(SweepWebhooks).execute(new AbortController().signal);
    await eventually(async () =>
      expect(await deliveries(id)).toMatchObject([{ state: 'delivered', attempts: 2 }]),
    );
    expect(received).toHaveLength(2);
    await off(id);
  });

  it('is made and rotated once, however often the request comes, and tells the same secret', async () => {
    const webhook = { url: `${origin}/once`, description: 'Once', events: ['message.received' as const] };
    const make = (change: object = {}) =>
      gateway.call(CreateWebhook, { ...ada, id: 'we_once', webhook: { ...webhook, ...change } });
    const made = await Promise.all([make(), make()]);
    const secrets = new Set(made.map((each) => (each.ok ? each.value.secret : each.error.message)));
    expect([...secrets]).toEqual([expect.stringMatching(/^whsec_/)]);
    expect(await collection('webhookEndpoints').countDocuments({ description: 'Once' })).toBe(1);
    expect(await make({ url: `${origin}/other` })).toMatchObject({ ok: false, error: { code: 'IN_USE' } });

    const rotate = (rotationId: string) =>
      gateway.call(RotateWebhookSecret, { ...ada, id: 'we_once', rotationId });
    const [first, second] = await Promise.all([rotate('ro_1'), rotate('ro_1')]);
    expect(first).toEqual(second);
    expect(await rotate('ro_1')).toEqual(first);
    expect(first).toMatchObject({ ok: true, value: { webhook: { oldSecretUntil: expect.any(String) } } });
    // What was told when it was made is the older one by now.
    expect(await make()).toMatchObject({ ok: false, error: { code: 'IN_USE' } });
    await collection('webhookEndpoints').updateOne(
      { id: 'we_once' },
      { $set: { 'secrets.0.madeAt': new Date(Date.now() - 3_600_000) } },
    );
    expect(await rotate('ro_1')).toMatchObject({ ok: false, error: { code: 'IN_USE' } });
    await off('we_once');
  });

  it('is signed with both secrets during a rotation', async () => {
    const { id, secret: old } = await endpoint('/rotated');
    const rotated = await gateway.call(RotateWebhookSecret, { ...ada, id });
    if (!rotated.ok) throw new Error(rotated.error.message);
    expect(rotated.value.webhook.oldSecretUntil).toEqual(expect.any(String));
    await inbox.publish(textReceived(newConversation()));
    await eventually(() => expect(received).toHaveLength(1));
    for (const secret of [old, rotated.value.secret]) {
      new Oracle(secret).verify(received[0]?.body ?? '', headersOf(received[0]?.headers ?? {}));
    }
    await off(id);
  });

  it('is turned off after three days of failing, and those who can mend it are told once', async () => {
    const { id } = await endpoint('/dead');
    answer = 302;
    await collection('webhookEndpoints').updateOne(
      { id },
      { $set: { failingSince: new Date(Date.now() - 73 * 3_600_000) } },
    );
    await inbox.publish(textReceived(newConversation()), textReceived(newConversation()));
    await eventually(async () => {
      const listed = await gateway.call(ListWebhooks, ada);
      expect(listed.ok && listed.value[0]).toMatchObject({
        active: false,
        disabledBecause: 'Nothing has arrived there for three days.',
      });
    });
    await eventually(() =>
      expect(
        told.filter(({ data }) => data.kind === 'webhook_disabled').map(({ data }) => data.userId),
      ).toEqual(['ada']),
    );
    const count = received.length;
    await inbox.publish(textReceived(newConversation()));
    const on = await gateway.call(UpdateWebhook, { ...ada, id, change: { active: true } });
    expect(on).toMatchObject({
      ok: true,
      value: { active: true, failingSince: null, disabledBecause: null },
    });
    expect(received.length).toBe(count);
    await off(id);
  });

  it('is for those who may manage it, in their own tenant, and never reaches into a network', async () => {
    const { id } = await endpoint('/own');
    expect(await gateway.call(ListWebhooks, ben)).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } });
    const stranger = { ...ada, tenantId: 'other' };
    expect(await gateway.call(UpdateWebhook, { ...stranger, id, change: {} })).toMatchObject({ ok: false });
    for (const url of ['https://169.254.169.254/x', 'http://127.0.0.1:1/', 'https://mongo/']) {
      const webhook = { url, description: '', events: ['message.received' as const] };
      expect(await gateway.call(CreateWebhook, { ...ada, webhook })).toMatchObject({
        ok: false,
        error: { code: 'VALIDATION', issues: [{ path: 'url' }] },
      });
    }
    await off(id);
  });
});
