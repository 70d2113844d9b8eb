import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@partyline/kernel';
import {
  eventually,
  freshDbPrefix,
  mongoUrl,
  startNats,
  startService,
  TestSmsc,
  type RunningService,
  type TestNats,
} from '@partyline/testing';
import mongoose, { type Connection } from 'mongoose';
import { Neighbours, type Reply } from './support/neighbours.js';

const KEY = randomBytes(32).toString('base64');
const PATIENT = { timeoutMs: 25_000 };
const TRANSMITTER = 2;
const [THROTTLED, QUEUE_FULL, BAD_NUMBER] = [0x58, 0x14, 0x0b];
const smsc = new TestSmsc();
const prefix = freshDbPrefix();
let nats: TestNats;
let neighbours: Neighbours;
let service: RunningService;
let database: Connection;
let customers = 0;

beforeAll(async () => {
  nats = await startNats();
  await smsc.start();
  const settings = {
    host: '127.0.0.1',
    port: String(smsc.port),
    systemId: 'acme',
    messageIds: 'hex-decimal',
  };
  const origin = `smpp://127.0.0.1:${smsc.port}`;
  neighbours = await Neighbours.start(
    nats,
    {
      smpp: { carrier: 'smpp', settings, secrets: { bindPassword: 'secret' } },
      rotated: {
        carrier: 'smpp',
        settings,
        secrets: { bindPassword: 'new', previousBindPassword: 'secret' },
      },
      wrong: { carrier: 'smpp', settings, secrets: { bindPassword: 'wrong-one' } },
      internal: {
        carrier: 'smpp',
        settings: { ...settings, port: String(smsc.port + 1) },
        secrets: { bindPassword: 'secret' },
      },
    },
    KEY,
  );
  database = await mongoose.createConnection(mongoUrl(), { dbName: `${prefix}_delivery` }).asPromise();
  await smsc.set({ receiptIds: 'hex-decimal' });
  service = await startService(async () => (await import('../src/app.module.js')).AppModule, {
    MONGODB_URL: mongoUrl(),
    MONGODB_DB_PREFIX: prefix,
    NATS_URL: nats.urls.delivery,
    PARTYLINE_SECRETS_KEY: KEY,
    PARTYLINE_CARRIER_TIMEOUT_MS: '1500',
    PARTYLINE_CARRIER_ALLOW_ORIGINS: origin,
  });
}, 60_000);

afterAll(async () => {
  await service?.stop();
  await database?.dropDatabase();
  await database?.close();
  await neighbours?.stop();
  await smsc.kill();
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
    carrier: 'smpp',
    accountId: 'smpp',
    ...change,
  };
}
const next = (before: Reply, text: string): Reply => ({
  ...before,
  messageId: newId('ms'),
  seq: before.seq + 1,
  text,
});
const attempt = (reply: Reply) =>
  database
    .collection<{
      _id: string;
      providerMessageId: string;
      segments: number;
      tries: number;
      description: string;
      errorClass: string;
    }>('attempts')
    .findOne({ _id: reply.messageId });
const expectTold = (reply: Reply, ...statuses: string[]) =>
  eventually(() => expect(neighbours.statuses(reply.messageId)).toEqual(statuses), PATIENT);
const digits = (reply: Reply): string => reply.to.slice(1);
const given = (reply: Reply) => smsc.submitted.filter(({ to }) => to.digits === digits(reply));
const wordsOf = (reply: Reply): string[] =>
  given(reply).map(({ content }) => Buffer.from(content, 'hex').toString('latin1'));

describe('a reply over SMPP', () => {
  it('is sent, and its receipt is found by the id in decimal', async () => {
    const reply = aReply();
    await neighbours.queue(reply);
    await expectTold(reply, 'sent');
    expect(given(reply)).toMatchObject([
      {
        from: { ton: 1, npi: 1, digits: '12125550101' },
        to: { ton: 1, npi: 1, digits: digits(reply) },
        registered: 1,
        coding: 0,
      },
    ]);
    expect(wordsOf(reply)).toEqual([reply.text]);
    const id = String(given(reply)[0]?.id);
    expect((await attempt(reply))?.providerMessageId).toBe(id);
    await neighbours.carrierSays(id, { carrier: 'smpp', accountId: 'smpp', status: 'delivered' });
    await expectTold(reply, 'sent', 'delivered');
  });

  it('that is long goes in parts, in their order, with one receipt asked for', async () => {
    const reply = aReply({ text: `${'я'.repeat(67)}${'ж'.repeat(67)}х` });
    await neighbours.queue(reply);
    await expectTold(reply, 'sent');
    const parts = given(reply);
    expect(parts.map(({ content }) => content.slice(8, 12))).toEqual(['0301', '0302', '0303']);
    expect(parts.map(({ registered }) => registered)).toEqual([0, 0, 1]);
    expect(parts.every(({ esmClass, coding }) => esmClass === 0x40 && coding === 8)).toBe(true);
    expect(await attempt(reply)).toMatchObject({
      segments: 3,
      providerMessageId: String(parts[2]?.id),
    });
  });

  it.each([
    ['ESME_RTHROTTLED', THROTTLED],
    ['ESME_RMSGQFUL', QUEUE_FULL],
  ])('that is answered %s is tried again, and the next of its conversation waits', async (_name, status) => {
    const first = aReply({ text: 'first' });
    const second = next(first, 'second');
    await smsc.rule(digits(first), status, 'take');
    await neighbours.queue(first);
    await neighbours.queue(second);
    await expectTold(second, 'sent');
    await expectTold(first, 'sent');
    expect(wordsOf(first)).toEqual(['first', 'first', 'second']);
  });

  it('whose later part is throttled sends that part again, and no other', async () => {
    const reply = aReply({ text: 'x'.repeat(200) });
    await smsc.rule(digits(reply), 'take', THROTTLED, 'take');
    await neighbours.queue(reply);
    await expectTold(reply, 'sent');
    expect(given(reply).map(({ content }) => content.slice(10, 12))).toEqual(['01', '02', '02']);
  });

  it('that is refused has failed, with the reason', async () => {
    const reply = aReply();
    await smsc.rule(digits(reply), BAD_NUMBER);
    await neighbours.queue(reply);
    await expectTold(reply, 'failed');
    expect(await attempt(reply)).toMatchObject({
      errorClass: 'invalid_destination',
      rawCode: 'ESME_RINVDSTADR',
    });
  });

  it('whose connection is cut before the answer is unknown, is never sent again, and holds nobody up', async () => {
    const first = aReply({ text: 'first' });
    const second = next(first, 'second');
    await smsc.rule(digits(first), 'cut', 'take');
    await neighbours.queue(first);
    await neighbours.queue(second);
    await expectTold(first, 'unknown');
    await expectTold(second, 'sent');
    expect(wordsOf(first)).toEqual(['first', 'second']);
  });

  it('that is not answered in time is unknown', async () => {
    const reply = aReply();
    await smsc.rule(digits(reply), 'silent');
    await neighbours.queue(reply);
    await expectTold(reply, 'unknown');
    expect(wordsOf(reply)).toEqual([reply.text]);
  });

  it('whose second part is lost is unknown, and says how much was taken', async () => {
    const reply = aReply({ text: 'x'.repeat(200) });
    await smsc.rule(digits(reply), 'take', 'cut');
    await neighbours.queue(reply);
    await expectTold(reply, 'unknown');
    expect((await attempt(reply))?.description).toContain("only 1 of the text's 2 parts were taken");
  });

  it('waits for an SMSC that is away, and goes when it is back', async () => {
    await smsc.kill();
    const reply = aReply();
    await neighbours.queue(reply);
    await eventually(async () => expect((await attempt(reply))?.tries).toBeGreaterThan(0), PATIENT);
    expect(neighbours.statuses(reply.messageId)).toEqual([]);
    await smsc.start();
    await expectTold(reply, 'sent');
    expect(wordsOf(reply)).toEqual([reply.text]);
  });
});

describe('the bind', () => {
  it('is one for all replies of an account', async () => {
    for (const reply of [aReply(), aReply(), aReply()]) {
      await neighbours.queue(reply);
      await expectTold(reply, 'sent');
    }
    expect(await smsc.binds()).toEqual([TRANSMITTER]);
  });

  it('is made with the second password while the first is being changed', async () => {
    const before = smsc.refusedBinds;
    const reply = aReply({ accountId: 'rotated' });
    await neighbours.queue(reply);
    await expectTold(reply, 'sent');
    expect(smsc.refusedBinds).toBe(before + 1);
  });

  it('with a wrong password fails the reply, and says which', async () => {
    const reply = aReply({ accountId: 'wrong' });
    await neighbours.queue(reply);
    await expectTold(reply, 'failed');
    const told = await attempt(reply);
    expect(told).toMatchObject({ errorClass: 'credentials' });
    expect(told?.description).toContain('ESME_RINVPASWD');
    expect(JSON.stringify(told)).not.toContain('wrong-one');
  });

  it('to an address inside of our network that nobody allowed is not made', async () => {
    const reply = aReply({ accountId: 'internal' });
    await neighbours.queue(reply);
    await expectTold(reply, 'failed');
    expect((await attempt(reply))?.description).toContain('PARTYLINE_CARRIER_ALLOW_ORIGINS');
  });

  it('shows as a metric', async () => {
    const text = await (await fetch(`${service.url}/metrics`)).text();
    expect(text).toContain('partyline_delivery_smpp_bound{account="smpp",service="delivery"} 1');
    expect(text).toContain('partyline_delivery_smpp_bound{account="wrong",service="delivery"} 0');
  });
});
