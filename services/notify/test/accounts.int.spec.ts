import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { getConnectionToken } from '@nestjs/mongoose';
import type { NatsConnection } from '@nats-io/transport-node';
import {
  CreateWebhook,
  ListAccountAlerts,
  ListArrivalTroubles,
  ListSendingTroubles,
  ListWebhooks,
  UserNotified,
  alertPayloadSchema,
  type AccountTrouble,
  type Envelope,
  type Notification,
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
import type { Connection } from 'mongoose';
import { WatchAccounts } from '../src/application/accounts/watch-accounts.js';
import { answering, userCame } from './support/neighbours.js';

jest.setTimeout(60_000);

const viewer = { tenantId: 'demo', userId: 'ada', correlationId: 'co_test' };

let nats: TestNats;
let redis: TestRedis;
let notify: RunningService;
let second: RunningService;
let gateway: Neighbour;
const others: NatsConnection[] = [];
let told: Envelope<Notification>[];
let arrivals: object[] = [];
let sending: object[] = [];

const start = (env: Record<string, string>) =>
  startService(async () => (await import('../src/app.module.js')).AppModule, env);

beforeAll(async () => {
  nats = await startNats();
  redis = await startRedis();
  gateway = await Neighbour.start({ service: 'gateway', natsUrl: nats.urls.gateway, publishes: 'accounts' });
  others.push(
    await answering(nats.urls.ingest, 'ingest', ListArrivalTroubles, () => arrivals),
    await answering(nats.urls.delivery, 'delivery', ListSendingTroubles, () => sending),
  );
  const env = {
    MONGODB_URL: mongoUrl(),
    MONGODB_DB_PREFIX: freshDbPrefix(),
    NATS_URL: nats.urls.notify,
    REDIS_URL: redis.url,
    PARTYLINE_SECRETS_KEY: Buffer.alloc(32, 7).toString('base64'),
    PARTYLINE_WEBHOOK_ALLOW_ORIGINS: 'http://127.0.0.1:1',
  };
  notify = await start(env);
  second = await start(env);
  told = gateway.follow('notify', UserNotified);
  await gateway.publish(userCame('ada', 'admin'), userCame('ben', 'member'));
  await eventually(async () => (await gateway.call(ListWebhooks, viewer)).ok);
}, 120_000);

afterAll(async () => {
  await second?.stop();
  await notify?.stop();
  for (const other of others) await other.close();
  await gateway?.stop();
  await redis?.stop();
  await nats?.stop();
});

const trouble = (kind: AccountTrouble['kind']): AccountTrouble => ({
  kind,
  since: new Date(Date.now() - 1_200_000).toISOString(),
  count: 12,
  of: 12,
  reason: kind === 'replies_refused' ? 'credentials' : null,
});
const comesIn = (kind: AccountTrouble['kind'] | null, worksAt: Date | null = null) => {
  const account = { tenantId: 'demo', accountId: 'main', name: 'Twilio', carrier: 'twilio' };
  arrivals = [{ ...account, worksAt, trouble: kind && trouble(kind) }];
};
const goesOut = (kind: AccountTrouble['kind'] | null, worksAt: Date | null = null) => {
  sending = [{ tenantId: 'demo', accountId: 'main', worksAt, trouble: kind && trouble(kind) }];
};
const watch = (service = notify) => service.app.get(WatchAccounts).execute();
const soon = () => new Date(Date.now() + 600_000);
const titles = () => told.map(({ data: { userId, kind, title } }) => `${userId} ${kind} ${title}`);
const alerts = async (tenantId = 'demo') => {
  const answer = await gateway.call(ListAccountAlerts, { ...viewer, tenantId });
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
};
const gauge = async () =>
  /^partyline_notify_accounts_failing(?:\{[^}]*\})? (\S+)$/m.exec(
    await (await fetch(`${notify.url}/metrics`)).text(),
  )?.[1];
const collection = (name: string) => {
  const { db } = notify.app.get<Connection>(getConnectionToken());
  if (!db) throw new Error('not connected');
  return db.collection(name);
};

describe('a carrier account that fails', () => {
  it('is shown and told of once by whichever replica looks, until it works again; other systems hear it, too', async () => {
    const made = await gateway.call(CreateWebhook, {
      ...viewer,
      webhook: {
        url: 'http://127.0.0.1:1/monitoring',
        description: 'Monitoring',
        events: ['account.failing', 'account.recovered'],
      },
    });
    expect(made.ok).toBe(true);
    comesIn('every_webhook_refused');
    await watch();
    await watch(second);
    await watch();
    await eventually(() => expect(titles()).toHaveLength(1));
    expect(titles()).toEqual(['ada account_failing Every webhook to Twilio is refused']);
    expect(await alerts()).toMatchObject([
      { accountId: 'main', kind: 'every_webhook_refused', title: 'Every webhook to Twilio is refused' },
    ]);
    expect(await alerts('other')).toEqual([]);
    expect(await gauge()).toBe('1');

    comesIn(null, soon());
    await watch(second);
    await watch();
    await eventually(() => expect(titles()).toHaveLength(2));
    expect(titles()[1]).toBe('ada account_recovered Webhooks to Twilio are taken again');
    expect(await alerts()).toEqual([]);
    expect(await gauge()).toBe('0');
    const sent = await collection('webhookDeliveries').find().sort({ createdAt: 1 }).toArray();
    const payloads = sent.map(({ body }) => alertPayloadSchema.parse(JSON.parse(String(body))));
    expect(payloads.map(({ type, data }) => [type, data.accountId, data.trouble])).toEqual([
      ['account.failing', 'main', 'every_webhook_refused'],
      ['account.recovered', 'main', 'every_webhook_refused'],
    ]);
    expect(payloads[0]?.data.alertId).toBe(payloads[1]?.data.alertId);

    // Too soon after the last telling.
    comesIn('every_webhook_refused');
    await watch();
    expect(await alerts()).toHaveLength(1);
    comesIn(null);
    await watch();
    expect(await alerts()).toEqual([]);
    expect(titles()).toHaveLength(2);
  });

  it('is told of once although the process died before that was noted', async () => {
    goesOut('replies_refused');
    await watch();
    await eventually(() => expect(titles()).toHaveLength(3));
    await collection('accountAlerts').updateOne({ open: true }, { $set: { told: [] } });
    await watch(second);
    const [alert] = await alerts();
    expect(await collection('accountAlerts').findOne({ accountId: 'main', open: true })).toMatchObject({
      told: [{ kind: 'replies_refused' }],
    });
    goesOut(null, soon());
    await watch();
    await eventually(() => expect(titles()).toHaveLength(4));
    expect(titles().slice(2)).toEqual([
      'ada account_failing The carrier refuses replies through Twilio',
      'ada account_recovered Replies through Twilio go out again',
    ]);
    expect(alert?.body).toContain('12 of 12 in the last hour, because of its credentials.');
  });
});
