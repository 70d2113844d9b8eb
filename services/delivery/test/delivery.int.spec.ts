import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MediaLinks, millionthsOf } from '@partyline/carriers';
import { GetSendingHealth, ListSendingTroubles } from '@partyline/contracts';
import { newId } from '@partyline/kernel';
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
import { accepting, CarrierServer } from './support/carrier-server.js';
import { Neighbours, type Reply } from './support/neighbours.js';

const KEY = randomBytes(32).toString('base64');
const carrier = new CarrierServer();
const away = new CarrierServer();
const prefix = freshDbPrefix();
let nats: TestNats;
let neighbours: Neighbours;
let service: RunningService;
let database: Connection;
let customers = 0;

const start = (): Promise<RunningService> =>
  startService(async () => (await import('../src/app.module.js')).AppModule, {
    MONGODB_URL: mongoUrl(),
    MONGODB_DB_PREFIX: prefix,
    NATS_URL: nats.urls.delivery,
    PARTYLINE_SECRETS_KEY: KEY,
    PARTYLINE_CARRIER_TIMEOUT_MS: '500',
    PARTYLINE_CARRIER_ALLOW_ORIGINS: `${carrier.url},${away.url}`,
  });

beforeAll(async () => {
  nats = await startNats();
  await carrier.start();
  await away.start();
  await away.stop();
  neighbours = await Neighbours.start(nats, { 'demo-simulator': carrier.url, away: away.url }, KEY);
  database = await mongoose.createConnection(mongoUrl(), { dbName: `${prefix}_delivery` }).asPromise();
  service = await start();
}, 60_000);

afterAll(async () => {
  await service?.stop();
  await database?.dropDatabase();
  await database?.close();
  await neighbours?.stop();
  await carrier.stop();
  await away.stop();
  await nats?.stop();
}, 60_000);

function aReply(change: Partial<Reply> = {}): Reply {
  customers += 1;
  return {
    messageId: newId('ms'),
    conversationId: newId('cv'),
    seq: 2,
    to: `+1212555${7000 + customers}`,
    text: 'It is on its way',
    ...change,
  };
}

const attempt = (reply: Reply) =>
  database
    .collection<{ _id: string; [field: string]: unknown }>('attempts')
    .findOne({ _id: reply.messageId });

const expectTold = (reply: Reply, ...statuses: string[]) =>
  eventually(() => expect(neighbours.statuses(reply.messageId)).toEqual(statuses));

/** Everything queued so far was handled: a later reply has gone all its way. */
async function allIsQuiet(): Promise<void> {
  const last = aReply();
  await neighbours.queue(last);
  await eventually(() => expect(neighbours.statuses(last.messageId)).toContain('sent'));
}

describe('a reply', () => {
  it('goes to the carrier and its statuses come back, forward only', async () => {
    const reply = aReply();
    await neighbours.queue(reply);
    await expectTold(reply, 'sent');
    await neighbours.carrierSays(`sim-${reply.messageId}`, {
      status: 'delivered',
      receiptId: 'rc_delivered',
    });
    await expectTold(reply, 'sent', 'delivered');
    await neighbours.carrierSays(`sim-${reply.messageId}`, { status: 'sent', receiptId: 'rc_sent' });
    await expectTold(reply, 'sent', 'delivered', 'delivered');
    expect(neighbours.told.at(-1)?.data).toMatchObject({
      status: 'delivered',
      providerMessageId: `sim-${reply.messageId}`,
      receiptIds: ['rc_delivered', 'rc_sent'],
    });
    expect(carrier.to(reply.to)).toEqual([reply.text]);
    expect(carrier.requests.find(({ to }) => to === reply.to)?.statusCallback).toContain(
      `?reference=${reply.messageId}`,
    );
  });

  it('that is queued ten times is sent once', async () => {
    const reply = aReply();
    await Promise.all(Array.from({ length: 10 }, () => neighbours.queue(reply)));
    await eventually(() => expect(neighbours.statuses(reply.messageId)).toContain('sent'));
    await allIsQuiet();
    expect(carrier.to(reply.to)).toEqual([reply.text]);
  });

  it('that the carrier rejects has failed, with the reason in words', async () => {
    const reply = aReply();
    carrier.answer(reply.to, (_request, response) => {
      const error = { code: '21614', errorClass: 'landline', message: 'not a mobile number' };
      response.writeHead(422, { 'content-type': 'application/json' }).end(JSON.stringify({ error }));
    });
    await neighbours.queue(reply);
    await expectTold(reply, 'failed');
    const told = neighbours.told.find(({ data }) => data.messageId === reply.messageId);
    expect(told?.data).toMatchObject({ errorClass: 'landline', rawCode: '21614' });
    expect(told?.data.description).toMatch(/^This is a landline.*not a mobile number/);
  });

  it('that is throttled is tried again, and the next of its conversation waits for it', async () => {
    const first = aReply({ text: 'first' });
    const second = { ...first, messageId: newId('ms'), seq: 3, text: 'second' };
    carrier.answer(first.to, (request, response, times) => {
      if (times > 1) accepting(request, response, times);
      else response.writeHead(429, { 'retry-after': '1' }).end('{}');
    });
    await neighbours.queue(first);
    await neighbours.queue(second);
    await expectTold(second, 'sent');
    expect(carrier.to(first.to)).toEqual(['first', 'first', 'second']);
    await expectTold(first, 'sent');
  });

  it('that is not answered in time is unknown, never sent again, and holds nobody up', async () => {
    const first = aReply({ text: 'first' });
    const second = { ...first, messageId: newId('ms'), seq: 3, text: 'second' };
    carrier.answer(first.to, (request, response, times) => {
      if (request.text === 'second') accepting(request, response, times);
    });
    await neighbours.queue(first);
    await neighbours.queue(second);
    await expectTold(first, 'unknown');
    await expectTold(second, 'sent');
    await neighbours.queue(first);
    await expectTold(first, 'unknown', 'unknown');
    await allIsQuiet();
    expect(carrier.to(first.to)).toEqual(['first', 'second']);

    // The carrier had it after all; only our reference says whose status this is.
    await neighbours.carrierSays('sim-never-heard-of', { status: 'delivered', reference: first.messageId });
    await expectTold(first, 'unknown', 'unknown', 'delivered');
    expect(carrier.to(first.to)).toEqual(['first', 'second']);
  });

  it('whose connection breaks after the carrier read it is unknown', async () => {
    const reply = aReply();
    carrier.answer(reply.to, (_request, response) => response.destroy());
    await neighbours.queue(reply);
    await expectTold(reply, 'unknown');
    await allIsQuiet();
    expect(carrier.to(reply.to)).toEqual([reply.text]);
  });

  it('waits for a carrier that cannot be reached', async () => {
    const reply = aReply({ accountId: 'away' });
    await neighbours.queue(reply);
    await eventually(async () => expect((await attempt(reply))?.['tries']).toBeGreaterThan(0));
    expect(neighbours.statuses(reply.messageId)).toEqual([]);
    await away.start();
    await expectTold(reply, 'sent');
    expect(away.to(reply.to)).toEqual([reply.text]);
  });

  it('through an account that does not exist has failed', async () => {
    const reply = aReply({ accountId: 'gone' });
    await neighbours.queue(reply);
    await expectTold(reply, 'failed');
    expect((await attempt(reply))?.['errorClass']).toBe('credentials');
  });

  it('to somebody who said STOP is not sent; after START it is', async () => {
    const reply = aReply();
    await neighbours.consent(reply.to, 'opted_out');
    await neighbours.queue(reply);
    await expectTold(reply, 'failed');
    expect((await attempt(reply))?.['errorClass']).toBe('opted_out');
    const later = { ...reply, messageId: newId('ms'), seq: 4, text: 'welcome back' };
    await neighbours.consent(reply.to, 'opted_in');
    await neighbours.queue(later);
    await expectTold(later, 'sent');
    expect(carrier.to(reply.to)).toEqual(['welcome back']);
  });

  it('whose status beats the answer of the send call gets it', async () => {
    const reply = aReply();
    carrier.answer(reply.to, (request, response, times) => {
      void neighbours
        .carrierSays(`sim-${reply.messageId}`, { status: 'delivered' })
        .then(() => accepting(request, response, times));
    });
    await neighbours.queue(reply);
    await expectTold(reply, 'sent', 'delivered');
  });
});

describe('what the conversation shows', () => {
  it('is not announced again', async () => {
    const reply = aReply();
    await neighbours.queue(reply);
    await expectTold(reply, 'sent');
    expect(await attempt(reply)).toMatchObject({ unlanded: true });
    await neighbours.show(reply, 'sent');
    await eventually(async () => expect(await attempt(reply)).toMatchObject({ unlanded: false }));
  });

  it('is announced again while it is not shown', async () => {
    const reply = aReply();
    await neighbours.queue(reply);
    await expectTold(reply, 'sent');
    await database
      .collection('attempts')
      .updateOne({ messageId: reply.messageId }, { $set: { announceAt: new Date() } });
    await expectTold(reply, 'sent', 'sent');
  });
});

describe('a crash between the claim and the answer', () => {
  it('leaves the outcome unknown: nothing is sent by the next process, and later replies go on', async () => {
    const first = aReply({ text: 'first' });
    const second = { ...first, messageId: newId('ms'), seq: 3, text: 'second' };
    carrier.answer(first.to, (_request, response) =>
      response.writeHead(429, { 'retry-after': '3600' }).end('{}'),
    );
    await neighbours.queue(first);
    await eventually(async () => expect((await attempt(first))?.['tries']).toBe(1));
    await service.stop();
    // As a process leaves it that was killed after its claim was durable.
    const past = new Date(Date.now() - 1_000);
    await database.collection('attempts').updateOne(
      { messageId: first.messageId },
      {
        $set: { state: 'sending', claim: { id: 'cl_dead', startedAt: past, until: past } },
        $inc: { version: 1 },
      },
    );
    carrier.answer(first.to, accepting);
    // The hour that the carrier asked for is over.
    await database.collection('paces').deleteMany({});
    await neighbours.queue(second);
    await neighbours.queue(first);
    service = await start();
    await eventually(() => expect(neighbours.statuses(first.messageId)).toContain('unknown'));
    await expectTold(second, 'sent');
    await allIsQuiet();
    expect(carrier.to(first.to)).toEqual(['first', 'second']);
  });
});

describe('the carrier account', () => {
  it('is asked for once a minute, not once a text', async () => {
    const before = neighbours.accountCalls;
    for (let time = 0; time < 3; time += 1) await allIsQuiet();
    expect(neighbours.accountCalls).toBe(before);
  });

  it('keeps its secrets out of what is stored', async () => {
    const stored = await database.collection('attempts').find().toArray();
    expect(JSON.stringify(stored)).not.toContain('demo-simulator-secret');
  });
});

describe('a picture of a reply', () => {
  it('is fetched by the carrier from a signed link where it reaches us', async () => {
    const reply = aReply({ media: ['md_1', 'md_2'] });
    await neighbours.queue(reply);
    await expectTold(reply, 'sent');
    const sent = carrier.requests.find(({ to }) => to === reply.to);
    const links = sent?.media.map(({ url }) => new URL(url)) ?? [];
    expect(links.map(({ origin, pathname }) => origin + pathname)).toEqual([
      'http://hooks.example/media/md_1.png',
      'http://hooks.example/media/md_2.png',
    ]);
    const token = links[0]?.searchParams.get('token') ?? '';
    expect(new MediaLinks(KEY).open(token, new Date())).toMatchObject({
      mediaId: 'md_1',
      url: 'upload:md_1',
    });
  });
});

describe('how sending goes', () => {
  it('is told by account, read from an index alone', async () => {
    const tenantId = 'demo';
    const before = await database.collection('attempts').countDocuments({
      tenantId,
      accountId: 'demo-simulator',
      status: { $in: ['failed', 'undelivered'] },
    });
    const refused = aReply();
    carrier.answer(refused.to, (_request, response) =>
      response.writeHead(422, { 'content-type': 'application/json' }).end(
        JSON.stringify({
          error: { code: 'no-such-number', errorClass: 'invalid_destination', message: 'no' },
        }),
      ),
    );
    await neighbours.queue(refused);
    await expectTold(refused, 'failed');
    const viewer = { tenantId, userId: 'ada', correlationId: 'co_test' };
    const healthOfIt = async () => {
      const answer = await neighbours.call(GetSendingHealth, viewer);
      if (!answer.ok) throw new Error(answer.error.message);
      return answer.value.find(({ accountId }) => accountId === 'demo-simulator');
    };
    const health = await healthOfIt();
    expect(health?.failed).toBe(before + 1);
    expect(health?.reasons).toContainEqual({ errorClass: 'invalid_destination', count: expect.any(Number) });
    expect(health?.lastSentAt).not.toBeNull();

    const long = aReply({ text: 'a'.repeat(161) });
    await neighbours.queue(long);
    await expectTold(long, 'sent');
    const millionths = (of: typeof health) => millionthsOf(of?.estimatedCost?.[0]?.amount ?? '') ?? 0;
    await database.db?.command({ profile: 2 });
    expect(millionths(await healthOfIt()) - millionths(health)).toBe(15_800);
    await database.db?.command({ profile: 0 });
    const read = { 'command.aggregate': 'attempts', 'command.pipeline.0.$match.tenantId': tenantId };
    const profile = await database.collection('system.profile').findOne(read);
    expect(profile).toMatchObject({ docsExamined: 0, keysExamined: expect.any(Number) });

    expect(await neighbours.call(GetSendingHealth, { ...viewer, tenantId: 'other' })).toEqual({
      ok: true,
      value: [],
    });
  });
});

describe('an account whose replies fail for reasons of its own', () => {
  const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);
  const troubles = async () => {
    const answer = await neighbours.call(ListSendingTroubles, {});
    if (!answer.ok) throw new Error(answer.error.message);
    return new Map(answer.value.map(({ tenantId, ...one }) => [tenantId, one]));
  };
  const attempts = (tenantId: string, count: number, change: Record<string, unknown>) =>
    Array.from({ length: count }, (_, index) => ({
      _id: newId('ms'),
      tenantId,
      carrier: 'twilio',
      accountId: 'main',
      to: `+1212555${1000 + index}`,
      state: 'settled',
      status: 'delivered',
      errorClass: null,
      statusAt: minutesAgo(5),
      queuedAt: minutesAgo(5),
      nextAttemptAt: new Date(Date.now() + 3_600_000),
      unlanded: false,
      ...change,
    }));
  const failed = { status: 'failed', errorClass: 'unreachable' };
  const lastWeek = { queuedAt: minutesAgo(3 * 24 * 60), statusAt: minutesAgo(3 * 24 * 60) };

  it('is found in every tenant, and compared with what is usual for it', async () => {
    const earlier = minutesAgo(90);
    const stored: Record<string, unknown>[] = [
      ...attempts('refused', 3, { status: 'failed', errorClass: 'credentials' }),
      ...attempts('refused', 1, { queuedAt: earlier, statusAt: minutesAgo(80) }),
      ...attempts('waiting', 2, { state: 'queued', status: 'queued', queuedAt: minutesAgo(20) }),
      ...attempts('failing', 12, failed),
      ...attempts('failing', 100, lastWeek),
      ...attempts('usual', 12, failed),
      ...attempts('usual', 100, { ...lastWeek, ...failed }),
      ...attempts('one-customer', 12, { ...failed, to: '+12125550000' }),
      ...attempts('silent', 12, { status: 'unknown' }),
    ];
    await database.collection<{ _id: string }>('attempts').insertMany(stored as { _id: string }[]);
    await database.db?.command({ profile: 2 });
    const found = await troubles();
    await database.db?.command({ profile: 0 });
    expect(found.get('refused')).toEqual({
      accountId: 'main',
      worksAt: earlier.toISOString(),
      trouble: { kind: 'replies_refused', since: expect.any(String), count: 3, of: 3, reason: 'credentials' },
    });
    expect(found.get('waiting')).toMatchObject({
      worksAt: null,
      trouble: { kind: 'replies_waiting', count: 2 },
    });
    expect(found.get('failing')?.trouble).toMatchObject({ kind: 'replies_failing', count: 12, of: 12 });
    expect(found.get('silent')?.trouble).toMatchObject({ kind: 'replies_failing', reason: null });
    for (const fine of ['usual', 'one-customer']) expect(found.get(fine)?.trouble).toBeNull();
    const read = {
      'command.aggregate': 'attempts',
      'command.pipeline.0.$match.tenantId': 'failing',
      'command.pipeline.0.$match.accountId': { $exists: false },
    };
    expect(await database.collection('system.profile').findOne(read)).toMatchObject({ docsExamined: 0 });
  });
});

describe('health', () => {
  it('is ready with its bus and its database', async () => {
    const ready = await fetch(`${service.url}/health/ready`);
    expect(ready.status).toBe(200);
  });
});
