import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  eventually,
  freshDbPrefix,
  mongoUrl,
  startNats,
  startService,
  type RunningService,
  type TestNats,
} from '@partyline/testing';
import mongoose, { type Connection } from 'mongoose';
import type { Attempt } from '../src/domain/attempt.js';
import type { Reconciliation } from '../src/domain/reconciliation/reconciliation.js';
import { CarrierLogServer, DIALECTS, type DialectName, type Logged } from './support/carrier-log-server.js';
import { FakeIngest } from './support/fake-ingest.js';
import { anAttempt } from './support/replies.js';

const NAMES = Object.keys(DIALECTS) as DialectName[];
const KEY = randomBytes(32).toString('base64');
const PATIENT = { timeoutMs: 40_000 };
const OURS = '+12125550101';
const CUSTOMER = '+14155550123';
const MINUTE = 60_000;
const ago = (minutes: number): Date => new Date(Date.now() - minutes * MINUTE);

const prefix = freshDbPrefix();
const servers = new Map(NAMES.map((name) => [name, new CarrierLogServer(name)]));
let nats: TestNats;
let ingest: FakeIngest;
let service: RunningService;
let database: Connection;

const start = (): Promise<RunningService> =>
  startService(async () => (await import('../src/app.module.js')).AppModule, {
    MONGODB_URL: mongoUrl(),
    MONGODB_DB_PREFIX: prefix,
    NATS_URL: nats.urls.delivery,
    PARTYLINE_SECRETS_KEY: KEY,
    PARTYLINE_CARRIER_TIMEOUT_MS: '2000',
    PARTYLINE_CARRIER_ALLOW_ORIGINS: [...servers.values()].map(({ origin }) => origin).join(','),
  });

/** A reply of ours whose outcome nobody knows: sent an hour ago, never answered. */
const unknownReply = (carrier: DialectName, id: string, change: Partial<Attempt> = {}): Attempt =>
  anAttempt({
    id,
    messageId: id,
    conversationId: `cv_${id}`,
    carrier,
    accountId: carrier,
    from: OURS,
    to: CUSTOMER,
    text: `reply ${id}`,
    queuedAt: ago(61),
    statusAt: ago(60),
    state: 'settled',
    status: 'unknown',
    ...change,
  });

const inbound = (id: string, minutes: number, text = `text ${id}`): Logged => ({
  id,
  inbound: true,
  from: CUSTOMER,
  to: OURS,
  text,
  at: ago(minutes),
});
const outbound = (id: string, minutes: number, change: Partial<Logged> = {}): Logged => ({
  id,
  inbound: false,
  from: OURS,
  to: CUSTOMER,
  text: 'words',
  at: ago(minutes),
  ...change,
});

const attempts = () => database.collection<{ _id: string }>('attempts');
const states = () => database.collection<Reconciliation & { _id: unknown }>('reconciliations');
const stateOf = (carrier: DialectName) => states().findOne({ accountId: carrier });
const serverOf = (carrier: DialectName): CarrierLogServer => {
  const server = servers.get(carrier);
  if (!server) throw new Error(`no server of ${carrier}`);
  return server;
};
const insert = async (...all: Attempt[]): Promise<void> => {
  await attempts().insertMany(all.map(({ id, ...rest }) => ({ _id: id, ...rest })));
};
const statusOf = async (id: string) => (await attempts().findOne({ _id: id })) as unknown as Attempt | null;
const ask = (carrier: DialectName) =>
  states().updateOne({ accountId: carrier }, { $set: { askedHours: 48, nextAt: new Date(0) } });
const finishedAfter = (carrier: DialectName, moment: Date) =>
  eventually(async () => {
    const state = await stateOf(carrier);
    expect(state?.pass).toBeNull();
    expect(state?.last?.startedAt.getTime()).toBeGreaterThanOrEqual(moment.getTime());
    return state;
  }, PATIENT);

beforeAll(async () => {
  nats = await startNats();
  for (const server of servers.values()) await server.start();
  const accounts = NAMES.map((carrier) => {
    const { settings, secrets } = DIALECTS[carrier];
    return { id: carrier, carrier, settings: settings(serverOf(carrier).origin), secrets };
  });
  ingest = await FakeIngest.start(nats, accounts, KEY);
  database = await mongoose.createConnection(mongoUrl(), { dbName: `${prefix}_delivery` }).asPromise();
  for (const carrier of NAMES) {
    const server = serverOf(carrier);
    const status = { sinch: 'Delivered', bandwidth: 'DELIVERED' }[carrier as string] ?? 'delivered';
    ingest.received.add(`${carrier}-came-in`);
    ingest.numbers.add(OURS);
    server.messages = [
      inbound(`${carrier}-came-in`, 300),
      inbound(`${carrier}-lost`, 240),
      inbound(`${carrier}-old-lost`, 26 * 60),
      inbound(`${carrier}-too-new`, 0),
      { ...inbound(`${carrier}-of-another-application`, 27 * 60), to: '+12125550144' },
      outbound(`${carrier}-sent`, 120, { status }),
      outbound(`${carrier}-unheard`, 60, {
        status,
        text: `reply ${carrier}_unheard`,
        reference: `${carrier}_unheard`,
      }),
      outbound(`${carrier}-somebody-elses`, 90, { to: '+14155550199' }),
    ];
    await insert(
      unknownReply(carrier, `${carrier}_unheard`),
      // Twilio and SignalWire may hold a text in their queue for ten hours before their list has it.
      unknownReply(carrier, `${carrier}_never-taken`, {
        to: '+14155550177',
        queuedAt: ago(11 * 60),
        statusAt: ago(11 * 60),
      }),
      unknownReply(carrier, `${carrier}_perhaps-queued`, { to: '+14155550178' }),
      unknownReply(carrier, `${carrier}_sent`, {
        status: 'sent',
        providerMessageId: `${carrier}-sent`,
        queuedAt: ago(121),
      }),
    );
  }
  // Two carriers begin with trouble of the kind that passes.
  serverOf('twilio').refusals.push((response) => response.writeHead(429, { 'retry-after': '1' }).end());
  serverOf('telnyx').refusals.push((response) => response.writeHead(502).end('<html>'));
  service = await start();
}, 90_000);

afterAll(async () => {
  await service?.stop();
  await database?.dropDatabase();
  await database?.close();
  await ingest?.stop();
  for (const server of servers.values()) await server.stop();
  await nats?.stop();
}, 60_000);

/** Carriers whose list leaves out the words, and that hand them out to nobody. */
const WITHHOLDS: readonly DialectName[] = ['bandwidth', 'plivo'];

const QUEUES: readonly DialectName[] = ['twilio', 'signalwire'];

describe.each(NAMES)('%s', (carrier) => {
  it('brings in the texts whose webhook never came, and leaves the others alone', async () => {
    const state = await finishedAfter(carrier, new Date(0));
    const ids = ingest.taken
      .filter(({ accountId }) => accountId === carrier)
      .map((text) => text.providerMessageId);
    const withheld = WITHHOLDS.includes(carrier);
    const expected = withheld ? [`${carrier}-old-lost`] : [`${carrier}-lost`, `${carrier}-old-lost`];
    expect(ids.toSorted()).toEqual(expected.toSorted());
    const old = ingest.taken.find(({ providerMessageId }) => providerMessageId === `${carrier}-old-lost`);
    expect(old).toMatchObject({ from: CUSTOMER, to: OURS });
    expect(old?.text).toMatch(withheld ? /not what it said/ : `text ${carrier}-old-lost`);
    expect(state?.last).toMatchObject({
      textsHealed: expected.length,
      textsMissing: withheld ? 1 : 0,
      failures: 0,
    });
    expect(state?.last?.compared).toBeGreaterThanOrEqual(6);
  }, 60_000);

  it('settles replies: the one that was taken, the one that was not, and the one that has arrived', async () => {
    await finishedAfter(carrier, new Date(0));
    expect(await statusOf(`${carrier}_unheard`)).toMatchObject({
      status: 'delivered',
      providerMessageId: `${carrier}-unheard`,
    });
    expect(await statusOf(`${carrier}_never-taken`)).toMatchObject({
      status: 'failed',
      errorClass: 'not_sent',
      description: expect.stringMatching(/Send it again/),
    });
    expect(await statusOf(`${carrier}_sent`)).toMatchObject({ status: 'delivered' });
    const mayBeQueued = QUEUES.includes(carrier);
    expect(await statusOf(`${carrier}_perhaps-queued`)).toMatchObject({
      status: mayBeQueued ? 'unknown' : 'failed',
    });
    // Sinch tells of one reply twice: that it was taken, and that it arrived.
    const settled = (carrier === 'sinch' ? 5 : 4) - (mayBeQueued ? 1 : 0);
    expect((await stateOf(carrier))?.last?.repliesSettled).toBe(settled);
  }, 60_000);

  it('a second time changes nothing', async () => {
    await finishedAfter(carrier, new Date(0));
    const taken = () => ingest.taken.filter(({ accountId }) => accountId === carrier).length;
    const before = taken();
    const asked = new Date();
    await ask(carrier);
    const state = await finishedAfter(carrier, asked);
    expect(state?.last).toMatchObject({ textsHealed: 0, repliesSettled: 0 });
    expect(taken()).toBe(before);
  }, 60_000);
});

describe('reading a log', () => {
  it('tells an Admin that the credentials do not fit, and goes on when they do', async () => {
    const carrier = 'sinch';
    await finishedAfter(carrier, new Date(0));
    const server = serverOf(carrier);
    server.refusals.push((response) => response.writeHead(401).end('{}'));
    const asked = new Date();
    await ask(carrier);
    await eventually(async () => {
      expect((await stateOf(carrier))?.problem?.message).toMatch(/credentials of this carrier account/);
    }, PATIENT);
    await states().updateOne({ accountId: carrier }, { $set: { nextAt: new Date(0) } });
    expect((await finishedAfter(carrier, asked))?.problem).toBeNull();
  }, 60_000);

  it('waits as long as the carrier asks for, and goes on with the same page', async () => {
    const carrier = 'signalwire';
    await finishedAfter(carrier, new Date(0));
    const server = serverOf(carrier);
    server.refusals.push((response) => response.writeHead(429, { 'retry-after': '3600' }).end());
    const asked = new Date();
    const { requests } = server;
    await ask(carrier);
    await eventually(async () => {
      const state = await stateOf(carrier);
      expect(state?.problem?.message).toMatch(/slow down/);
      expect(state?.nextAt.getTime()).toBeGreaterThan(asked.getTime() + 50 * MINUTE);
    }, PATIENT);
    expect(server.requests).toBe(requests + 1);
    await states().updateOne({ accountId: carrier }, { $set: { nextAt: new Date(0) } });
    await finishedAfter(carrier, asked);
  }, 60_000);

  it('goes on where it was after the service died in the middle of it', async () => {
    const carrier = 'bandwidth';
    await finishedAfter(carrier, new Date(0));
    const server = serverOf(carrier);
    const asked = new Date();
    const { requests } = server;
    server.answersLeft = 2;
    await ask(carrier);
    await eventually(async () => expect((await stateOf(carrier))?.problem).not.toBeNull(), PATIENT);
    const stopped = (await stateOf(carrier))?.pass;
    expect(stopped).toMatchObject({ page: '2' });
    await service.stop();
    server.answersLeft = Number.POSITIVE_INFINITY;
    const already = server.requests;
    expect(already - requests).toBeGreaterThanOrEqual(3);
    await states().updateOne({ accountId: carrier }, { $set: { nextAt: new Date(0) } });
    service = await start();
    const state = await finishedAfter(carrier, asked);
    expect(state?.last?.startedAt).toEqual(stopped?.startedAt);
    // Seven entries, two a page: of the four pages the last two were left.
    expect(server.requests - already).toBe(2);
  }, 90_000);

  it('brings in no text that another account of the same login has by Conversations', async () => {
    const carrier = 'twilio';
    await finishedAfter(carrier, new Date(0));
    const { settings, secrets } = DIALECTS[carrier];
    const number = '+12125550188';
    const own = { ...settings(serverOf(carrier).origin), number };
    ingest.numbers.add(number);
    ingest.share(carrier, { id: 'twilio-conversations', carrier, settings: own, secrets });
    serverOf(carrier).messages.push(
      { ...inbound('SM-of-a-conversation', 26 * 60), to: number },
      inbound('SM-of-no-conversation', 26 * 60),
    );
    // Delivery asks for the logins once a minute.
    await states().updateOne({ accountId: carrier }, { $set: { sharedWith: ['twilio-conversations'] } });
    const asked = new Date();
    await ask(carrier);
    await finishedAfter(carrier, asked);
    const taken = ingest.taken.map(({ providerMessageId }) => providerMessageId);
    expect(taken).toContain('SM-of-no-conversation');
    expect(taken).not.toContain('SM-of-a-conversation');
  }, 60_000);

  it('that has texts which nobody can read or fetch still tells that a reply is not in it', async () => {
    const carrier = 'telnyx';
    await finishedAfter(carrier, new Date(0));
    const server = serverOf(carrier);
    server.messages.push({ ...inbound('telnyx-unreadable', 30), from: '' }, inbound('telnyx-expired', 29));
    server.unfetchable.add('telnyx-expired');
    await insert(unknownReply(carrier, 'telnyx_nowhere', { to: '+14155550166' }));
    const asked = new Date();
    await ask(carrier);
    expect((await finishedAfter(carrier, asked))?.last).toMatchObject({ failures: 2 });
    expect(await statusOf('telnyx_nowhere')).toMatchObject({ status: 'failed', errorClass: 'not_sent' });
  }, 60_000);

  it('settles a reply that the carrier calls something unheard of: it has it', async () => {
    const carrier = 'plivo';
    await finishedAfter(carrier, new Date(0));
    serverOf(carrier).messages.push(
      outbound('plivo-peculiar', 58, { to: '+14155550155', status: 'simmering' }),
    );
    await insert(unknownReply(carrier, 'plivo_peculiar', { to: '+14155550155' }));
    const asked = new Date();
    await ask(carrier);
    await finishedAfter(carrier, asked);
    expect(await statusOf('plivo_peculiar')).toMatchObject({
      status: 'sent',
      providerMessageId: 'plivo-peculiar',
    });
  }, 60_000);

  it('that is empty is read to its end', async () => {
    const carrier = 'plivo';
    await finishedAfter(carrier, new Date(0));
    serverOf(carrier).messages = [];
    const asked = new Date();
    await ask(carrier);
    expect((await finishedAfter(carrier, asked))?.last).toMatchObject({ compared: 0, failures: 0 });
  }, 60_000);

  it('is counted', async () => {
    await finishedAfter('twilio', new Date(0));
    const metrics = await (await fetch(`${service.url}/metrics`)).text();
    expect(metrics).toContain('partyline_delivery_reconciled_entries_total');
    expect(metrics).toContain('partyline_delivery_reconciliation_last_finished_seconds');
  }, 60_000);
});
