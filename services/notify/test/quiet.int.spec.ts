import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  DirectoryNumberChanged,
  ListNumberActivity,
  ListQuietNumbers,
  UserNotified,
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
import type { NatsConnection } from '@nats-io/transport-node';
import { WatchNumbers } from '../src/application/quiet/watch-numbers.js';
import { answering, userCame } from './support/neighbours.js';

const NUMBER = '+12125550101';
const viewer = { tenantId: 'demo', userId: 'ada', correlationId: 'co_test' };

let nats: TestNats;
let redis: TestRedis;
let notify: RunningService;
let gateway: Neighbour;
let routing: Neighbour;
let ingest: NatsConnection;
let told: Envelope<Notification>[];
let activity: object[] = [];

beforeAll(async () => {
  nats = await startNats();
  redis = await startRedis();
  gateway = await Neighbour.start({ service: 'gateway', natsUrl: nats.urls.gateway, publishes: 'accounts' });
  routing = await Neighbour.start({ service: 'routing', natsUrl: nats.urls.routing, publishes: 'routing' });
  ingest = await answering(nats.urls.ingest, 'ingest', ListNumberActivity, () => activity);
  notify = await startService(async () => (await import('../src/app.module.js')).AppModule, {
    MONGODB_URL: mongoUrl(),
    MONGODB_DB_PREFIX: freshDbPrefix(),
    NATS_URL: nats.urls.notify,
    REDIS_URL: redis.url,
  });
  told = gateway.follow('notify', UserNotified);
  await gateway.publish(userCame('ada', 'admin', 'Ada'));
}, 120_000);

afterAll(async () => {
  await notify?.stop();
  await ingest?.close();
  await routing?.stop();
  await gateway?.stop();
  await redis?.stop();
  await nats?.stop();
});

const number = (revision: number, quietAlert?: boolean) =>
  eventOf(DirectoryNumberChanged, 'demo', {
    revision,
    removed: false,
    inboxId: null,
    number: {
      id: NUMBER,
      name: 'Main line',
      carrier: 'twilio',
      carrierAccountId: 'main',
      destination: null,
      ...(quietAlert === undefined ? {} : { quietAlert }),
    },
  });
const texts = (lastTextAt: string, quiet: boolean) => {
  activity = [{ tenantId: 'demo', number: NUMBER, accountId: 'main', lastTextAt, quiet }];
};
const watch = () => notify.app.get(WatchNumbers).execute();
const quietNumbers = async (tenantId = 'demo') => {
  const answer = await gateway.call(ListQuietNumbers, { ...viewer, tenantId });
  return answer.ok ? answer.value : answer.error;
};
const titles = () => told.map(({ data: { kind, title } }) => `${kind} ${title}`);
const gauge = async () =>
  /^partyline_notify_numbers_quiet(?:\{[^}]*\})? (\S+)$/m.exec(
    await (await fetch(`${notify.url}/metrics`)).text(),
  )?.[1];

it('a number that has gone quiet is shown and told of once, until texts arrive again', async () => {
  await routing.publish(number(1));
  texts('2026-11-24T08:00:00.000Z', true);
  const quiet = `number_quiet No texts to Main line (${NUMBER})`;
  // The number and the person may not be known yet.
  await eventually(async () => {
    expect(await notify.app.get(WatchNumbers).execute()).toBeUndefined();
    expect(titles()).toContainEqual(expect.stringContaining('number_quiet'));
  });
  await watch();
  expect(titles()).toHaveLength(1);
  expect(await quietNumbers()).toMatchObject([
    { number: NUMBER, accountId: 'main', lastTextAt: '2026-11-24T08:00:00.000Z' },
  ]);
  expect(await quietNumbers('other')).toEqual([]);
  expect(await gauge()).toBe('1');

  texts('2026-11-24T15:00:00.000Z', false);
  await watch();
  await watch();
  await eventually(() => expect(titles()).toHaveLength(2));
  expect(titles()[1]).toMatch(/^number_heard .* arrive again$/);
  expect(await quietNumbers()).toEqual([]);
  expect(await gauge()).toBe('0');

  texts('2026-11-24T15:00:00.000Z', true);
  await watch();
  await eventually(() => expect(titles()).toHaveLength(3));
  expect(titles()[2]).toBe(quiet);
  await routing.publish(number(2, false));
  await eventually(async () => {
    await watch();
    expect(await quietNumbers()).toEqual([]);
  });
  expect(titles()).toHaveLength(3);
});
