import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  CarrierStatusReceived,
  CreateCarrierAccount,
  InboundMessageReceived,
  ListCarrierAccounts,
  ListRefusedWebhooks,
  RemoveCarrierAccount,
  UpdateCarrierAccount,
} from '@partyline/contracts';
import { newId } from '@partyline/kernel';
import { eventually, mongoUrl, TestSmsc, type DeliveredText, type RunningService } from '@partyline/testing';
import { MongoLine } from './support/mongo-line.js';
import { World } from './support/world.js';

const ACCOUNT = 'demo-smpp';
/** Less than the texts that are taken from a connection at a time. */
const MOST_WAITING = 60;
const PATIENT = { timeoutMs: 25_000 };
const [RECEIVER, COME_AGAIN, THROTTLED, NEVER] = [1, 0x14, 0x58, 0x65];
const viewer = { tenantId: 'demo', userId: 'ada', correlationId: 'co_1' };
const smsc = new TestSmsc();
const keys: string[] = [];
let line: MongoLine;
let world: World;

beforeAll(async () => {
  await smsc.start();
  line = await MongoLine.to(mongoUrl());
  world = await World.start({
    MONGODB_URL: line.url,
    PARTYLINE_CARRIER_ALLOW_ORIGINS: `smpp://127.0.0.1:${smsc.port}`,
    PARTYLINE_PARTS_WAIT_MS: '3000',
    PARTYLINE_INGEST_MOST_WAITING: String(MOST_WAITING),
  });
  const created = await world.neighbours.call(CreateCarrierAccount, {
    ...viewer,
    account: {
      id: ACCOUNT,
      carrier: 'smpp',
      name: 'SMPP',
      publicUrl: 'https://demo.example.com/hooks/smpp/demo-smpp',
      settings: { host: '127.0.0.1', port: String(smsc.port), systemId: 'acme' },
      active: true,
      secrets: { bindPassword: 'secret' },
    },
  });
  if (!created.ok) throw new Error(created.error.message);
  await bound();
}, 60_000);

afterAll(async () => {
  await world?.stop();
  await smsc.kill();
  await line?.cut();
}, 60_000);

const hex = (text: string): string => Buffer.from(text, 'latin1').toString('hex');
const aText = (text: string, change: Partial<DeliveredText> = {}): DeliveredText => ({
  from: '14155550123',
  to: '12125550101',
  content: hex(text),
  ...change,
});
async function deliver(text: DeliveredText): Promise<string> {
  const key = newId('key');
  keys.push(key);
  await smsc.deliver(key, text);
  return key;
}
const answersTo = (key: string): number[] =>
  smsc.answered.filter((one) => one.key === key).map(({ status }) => status);
const taken = (key: string) => eventually(() => expect(answersTo(key).at(-1)).toBe(0), PATIENT);
const receipts = async (text: string) =>
  (await world.receipts({ accountId: ACCOUNT })).filter(
    ({ event }) => 'text' in event && event.text === text,
  );
const published = async () => (await world.neighbours.published()).map(({ envelope }) => envelope);
const bound = () => eventually(async () => expect(await smsc.binds()).toEqual([RECEIVER]), PATIENT);
async function account() {
  const answer = await world.neighbours.call(ListCarrierAccounts, viewer);
  const found = answer.ok ? answer.value.find(({ id }) => id === ACCOUNT) : undefined;
  if (!found) throw new Error('there is no account');
  return found;
}
async function change(fields: object): Promise<void> {
  const changed = await world.neighbours.call(UpdateCarrierAccount, {
    ...viewer,
    id: ACCOUNT,
    account: fields,
  });
  if (!changed.ok) throw new Error(changed.error.message);
}
/** The SMSC has proven that it read all answers so far, and that is noted. */
const settled = () =>
  eventually(async () => {
    const bind = await binds().findOne({ _id: ACCOUNT });
    const last = (await world.receipts({ accountId: ACCOUNT, kind: 'message' })).at(-1)?.providerMessageId;
    expect(last).toMatch(new RegExp(`^${bind?.epoch}-0*${bind?.through}$`));
    expect(bind?.open?.map(({ id }) => id)).not.toContain(last);
  }, PATIENT);
const binds = () =>
  world.database.collection<{ _id: string; epoch: string; through: number; open: { id: string }[] }>('binds');

describe('a text over SMPP', () => {
  it('is stored byte for byte before the SMSC hears so, and published', async () => {
    const key = await deliver(aText('hello smpp'));
    await taken(key);
    const [receipt] = await receipts('hello smpp');
    expect(receipt).toMatchObject({ kind: 'message', carrier: 'smpp', event: { from: '+14155550123' } });
    expect(receipt?.raw).toMatchObject({ method: 'SMPP', headers: { command: 'deliver_sm' } });
    expect(receipt?.raw?.body.toString('hex')).toContain(hex('hello smpp'));
    const event = await eventually(async () => {
      const found = (await published()).find(({ id }) => id === receipt?._id);
      return InboundMessageReceived.parse(found).data;
    });
    expect(event).toMatchObject({ from: '+14155550123', to: '+12125550101', text: 'hello smpp' });
  });

  it('that is long comes in parts and is one text', async () => {
    const parts = ['0500037a0202', '0500037a0201'].map((udh, index) =>
      aText('', { esmClass: 0x40, content: udh + hex(index === 0 ? 'second' : 'first, ') }),
    );
    for (const part of parts) await taken(await deliver(part));
    await eventually(
      async () =>
        expect(
          (await published()).filter(({ data }) => (data as { text?: string }).text === 'first, second'),
        ).toHaveLength(1),
      PATIENT,
    );
  });

  it('may be long in one piece, in UCS-2, and come as data_sm', async () => {
    const words = 'Привет '.repeat(40).trim();
    const content = Buffer.from(words, 'utf16le').swap16().toString('hex');
    for (const command of ['data_sm', 'deliver_sm'] as const) {
      const text = aText('', { command, coding: 8, content: '', optional: { [0x0424]: content } });
      await taken(await deliver(text));
      await settled();
    }
    expect(await receipts(words)).toHaveLength(2);
  });

  it('with the same words as the one before is another text', async () => {
    await taken(await deliver(aText('ok')));
    await settled();
    await taken(await deliver(aText('ok')));
    expect(await receipts('ok')).toHaveLength(2);
  });
});

describe('a receipt over SMPP', () => {
  it('is a status of the reply that it names', async () => {
    const said = 'id:0815 sub:001 dlvrd:001 submit date:2611301200 done date:2611301201 stat:DELIVRD err:000';
    await taken(await deliver(aText(said, { esmClass: 4 })));
    const event = await eventually(async () => {
      const found = (await published()).find(
        ({ data }) => (data as { providerMessageId?: string }).providerMessageId === '0815',
      );
      return CarrierStatusReceived.parse(found).data;
    });
    expect(event).toMatchObject({ status: 'delivered', rawCode: 'DELIVRD', accountId: ACCOUNT });
  });
});

describe('what gets lost on the way', () => {
  it('an answer: the text comes again and lands once', async () => {
    await smsc.set({ loseAnswers: 1 });
    const key = await deliver(aText('lost answer'));
    await taken(key);
    expect(smsc.answered.find((one) => one.key === key)?.tries).toBe(2);
    expect(await receipts('lost answer')).toHaveLength(1);
  });

  it('the answer, and the process that gave it: the text lands once', async () => {
    await taken(await deliver(aText('before the loss')));
    await settled();
    const before = await binds().findOne({ _id: ACCOUNT });
    if (!before) throw new Error('there is no bind');
    await smsc.set({ loseAnswers: 1 });
    const key = await deliver(aText('lost process'));
    await eventually(async () => expect(await receipts('lost process')).toHaveLength(1), PATIENT);
    await smsc.set({ mute: true });
    await world.service.stop();
    // As a process leaves it that was killed before it noted anything.
    await binds().updateOne({ _id: ACCOUNT }, { $set: { through: before.through, open: before.open } });
    await smsc.set({ mute: false });
    await world.start();
    await taken(key);
    expect(await receipts('lost process')).toHaveLength(1);
  });

  it('the SMSC: it is bound again when it is back', async () => {
    const before = (await account()).bind;
    expect(before?.bound).toBe(true);
    await smsc.kill();
    await eventually(async () => {
      const { bind } = await account();
      expect(bind).toMatchObject({ bound: false, problem: expect.any(String) });
    }, PATIENT);
    await smsc.start();
    await bound();
    await eventually(async () => expect((await account()).bind?.bound).toBe(true));
    await taken(await deliver(aText('after the fall')));
  });

  it('the store: the SMSC is asked to come again, and the text lands once', async () => {
    await line.cut();
    const key = await deliver(aText('patience'));
    await eventually(() => expect(answersTo(key)).toContain(COME_AGAIN), PATIENT);
    await line.open();
    await taken(key);
    expect(answersTo(key).filter((status) => status !== COME_AGAIN)).toEqual([0]);
    expect(await receipts('patience')).toHaveLength(1);
    await bound();
  });
});

describe('a store that stands still', () => {
  it('at ten times of what is taken at a time: the SMSC is asked to come again, and every text is there once', async () => {
    await smsc.set({ window: 2_000, retryMs: 1_000 });
    line.goSilent(true);
    const flood = Array.from({ length: 1_000 }, (_one, index) => `flood ${index}`);
    const keysOfFlood = await Promise.all(flood.map((words) => deliver(aText(words))));
    const said = (status: number) => smsc.answered.filter((one) => one.status === status);
    await eventually(() => expect(said(THROTTLED).length).toBeGreaterThan(1_000), PATIENT);
    // Those that wait have waited for too long.
    await eventually(() => expect(said(COME_AGAIN).length).toBeGreaterThanOrEqual(MOST_WAITING), PATIENT);
    expect(keysOfFlood.flatMap(answersTo)).not.toContain(0);
    line.goSilent(false);
    await eventually(
      () => expect(keysOfFlood.filter((key) => answersTo(key).at(-1) === 0)).toHaveLength(1_000),
      { timeoutMs: 60_000 },
    );
    expect(keysOfFlood.flatMap(answersTo)).not.toContain(NEVER);
    const stored = (await world.receipts({ accountId: ACCOUNT })).flatMap(({ event }) =>
      'text' in event && event.text.startsWith('flood ') ? [event.text] : [],
    );
    expect(stored.toSorted()).toEqual(flood.toSorted());
    await smsc.set({ window: 10, retryMs: 100 });
    await bound();
  }, 120_000);
});

describe('what makes no sense', () => {
  it('is refused for good, and the Admin sees why', async () => {
    const key = await deliver(aText('stat:DELIVRD', { esmClass: 4 }));
    await eventually(() => expect(answersTo(key)).toEqual([NEVER]), PATIENT);
    const refused = await world.neighbours.call(ListRefusedWebhooks, {
      ...viewer,
      accountId: ACCOUNT,
      limit: 5,
    });
    expect(refused).toMatchObject({
      ok: true,
      value: [
        { kind: 'malformed', method: 'SMPP', reason: 'the receipt does not say which text it is about' },
      ],
    });
    expect(refused.ok && refused.value[0]?.body).toContain(hex('stat:DELIVRD'));
  });

  it('as a broken PDU costs nothing but itself', async () => {
    const broken = Buffer.from('000000160000000500000000000000090001013132', 'hex');
    broken.writeUInt32BE(broken.length, 0);
    await smsc.raw(broken);
    await taken(await deliver(aText('after the broken one')));
    await eventually(async () =>
      expect(
        await world.neighbours.call(ListRefusedWebhooks, { ...viewer, accountId: ACCOUNT, limit: 1 }),
      ).toMatchObject({ value: [{ reason: expect.stringContaining('it ') }] }),
    );
    expect(await smsc.binds()).toEqual([RECEIVER]);
  });

  it('as bytes that are no SMPP ends the connection, and a new one is bound', async () => {
    await smsc.raw(Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'));
    await eventually(async () => expect((await account()).bind?.problem).toContain('not SMPP'), PATIENT);
    await bound();
    await taken(await deliver(aText('after the noise')));
  });
});

describe('the account', () => {
  it('takes no webhooks', async () => {
    const response = await fetch(`${world.service.url}/hooks/smpp/${ACCOUNT}`, { method: 'POST', body: 'x' });
    expect(response.status).toBe(404);
  });

  it('with a wrong password says so, and binds when it is right', async () => {
    await change({ secrets: { bindPassword: 'wrong-one' } });
    await eventually(async () => {
      const { bind } = await account();
      expect(bind).toMatchObject({ bound: false, problem: expect.stringContaining('ESME_RINVPASWD') });
      expect(JSON.stringify(bind)).not.toContain('wrong-one');
    }, PATIENT);
    expect(await world.metric('partyline_ingest_smpp_bound')).toBe(0);
    await change({ secrets: { bindPassword: 'secret' } });
    await bound();
    await eventually(async () => expect(await world.metric('partyline_ingest_smpp_bound')).toBe(1));
  });

  it('that is switched off is unbound, and bound when it is on', async () => {
    await change({ active: false });
    await eventually(async () => expect(await smsc.binds()).toEqual([]), PATIENT);
    expect((await account()).bind?.bound).toBe(false);
    await change({ active: true });
    await bound();
  });

  it('of two replicas has one bind, and another replica takes it over', async () => {
    const second: RunningService = await world.replica();
    try {
      for (let text = 0; text < 3; text += 1) {
        await taken(await deliver(aText(`two replicas ${text}`)));
        expect(await smsc.binds()).toEqual([RECEIVER]);
      }
      await world.service.stop();
      await bound();
      await taken(await deliver(aText('taken over')));
    } finally {
      await second.stop();
      await world.start();
    }
    await bound();
  });

  it('is unbound for good when it is removed', async () => {
    await world.database
      .collection('receipts')
      .updateMany({ accountId: ACCOUNT }, { $set: { state: 'landed' } });
    const removed = await world.neighbours.call(RemoveCarrierAccount, { ...viewer, id: ACCOUNT });
    expect(removed).toMatchObject({ ok: true });
    await eventually(async () => expect(await smsc.binds()).toEqual([]), PATIENT);
  });
});
