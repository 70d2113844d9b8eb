import { request as rawRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  CarrierStatusReceived,
  EraseReceipts,
  InboundMessageReceived,
  ListCarrierAccounts,
  problemSchema,
  TraceReceipt,
} from '@partyline/contracts';
import { messageId, newId } from '@partyline/kernel';
import { eventually } from '@partyline/testing';
import { aText } from './support/carrier.js';
import { World } from './support/world.js';

let world: World;
const logged: string[] = [];

beforeAll(async () => {
  world = await World.start();
  const keep = (...parts: unknown[]): void => void logged.push(JSON.stringify(parts));
  world.service.app.useLogger({
    log: keep,
    error: keep,
    warn: keep,
    debug: keep,
    verbose: keep,
    fatal: keep,
  });
}, 60_000);

afterAll(async () => {
  await world?.stop();
}, 60_000);

const sms = (change: Record<string, string> = {}): Record<string, string> => ({
  MessageSid: newId('SM'),
  SmsStatus: 'received',
  From: '+14155550123',
  To: '+12125550101',
  Body: 'Hello, Ünïcode 👋 ',
  NumMedia: '0',
  ...change,
});
const publishedAbout = async (providerMessageId: string) =>
  (await world.neighbours.published()).filter(
    ({ envelope }) =>
      (envelope.data as { providerMessageId: string }).providerMessageId === providerMessageId,
  );
const problem = async (response: Response) => {
  expect(response.headers.get('content-type')).toContain('application/problem+json');
  return problemSchema.parse(await response.json());
};
const viewer = { tenantId: 'demo', userId: 'ada', correlationId: 'co' };
async function account(id = 'demo-simulator') {
  const answer = await world.neighbours.call(ListCarrierAccounts, viewer);
  const found = answer.ok ? answer.value.find((one) => one.id === id) : undefined;
  if (!found) throw new Error(`there is no account ${id}`);
  return found;
}

describe('when somebody is forgotten', () => {
  it('what came keeps its place and time, and loses its text and the webhook it came in', async () => {
    const [fields, other] = [sms({ Body: 'Zwetschgendatschi' }), sms({ Body: 'Zwetschgendatschi' })];
    for (const each of [fields, other]) expect((await world.carrier.twilio(each)).status).toBe(200);
    const messageIds = [messageId('twilio', 'demo-twilio', fields['MessageSid'] ?? '')];
    const erase = (tenantId: string) => world.neighbours.call(EraseReceipts, { tenantId, messageIds });
    expect(await erase('other')).toEqual({ ok: true, value: { erased: 0 } });
    expect(await erase('demo')).toEqual({ ok: true, value: { erased: 1 } });
    const [erased] = await world.receipts({ providerMessageId: fields['MessageSid'] });
    expect(erased).toMatchObject({ kind: 'message', raw: null, event: { text: '', from: '+14155550123' } });
    const [kept] = await world.receipts({ providerMessageId: other['MessageSid'] });
    expect(kept).toMatchObject({ event: { text: 'Zwetschgendatschi' } });
  });
});

describe('a webhook of Twilio', () => {
  it('is stored byte for byte, answered as Twilio wants, and published', async () => {
    const fields = sms({ MediaUrl0: 'https://api.twilio.com/m/1', MediaContentType0: 'image/jpeg' });
    const response = await world.carrier.twilio(fields);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain('text/xml');
    expect(await response.text()).toContain('<Response/>');

    const [receipt] = await world.receipts({ providerMessageId: fields['MessageSid'] });
    expect(receipt).toMatchObject({
      tenantId: 'demo',
      carrier: 'twilio',
      accountId: 'demo-twilio',
      kind: 'message',
    });
    expect(receipt?.raw?.body.toString('utf8')).toBe(new URLSearchParams(fields).toString());

    const events = await eventually(async () => {
      const found = await publishedAbout(fields['MessageSid'] ?? '');
      expect(found).toHaveLength(1);
      return found;
    });
    expect(events[0]?.subject).toBe('ingest.demo.message.received.v1');
    expect(events[0]?.msgId).toBe(receipt?._id);
    expect(InboundMessageReceived.parse(events[0]?.envelope).data).toMatchObject({
      receiptId: receipt?._id,
      from: '+14155550123',
      to: '+12125550101',
      text: 'Hello, Ünïcode 👋 ',
      media: [{ url: 'https://api.twilio.com/m/1', contentType: 'image/jpeg' }],
    });
  });

  it('of Conversations is a text once, and nothing where somebody of the company wrote it', async () => {
    const MessageSid = newId('IM');
    const fields = {
      EventType: 'onMessageAdded',
      MessageSid,
      ConversationSid: 'CH00000000000000000000000000000001',
      ChatServiceSid: 'IS00000000000000000000000000000001',
      'MessagingBinding.ProxyAddress': '+12125550101',
      Author: '+14155550123',
      Source: 'SMS',
      Body: 'By a conversation',
      Media: '[{"Sid":"ME1","ContentType":"image/png"}]',
    };
    for (const each of [fields, fields, { ...fields, MessageSid: `${MessageSid}x`, Source: 'API' }])
      expect((await world.carrier.twilio(each)).status).toBe(200);
    const events = await eventually(async () => {
      const found = await publishedAbout(MessageSid);
      expect(found).toHaveLength(1);
      return found;
    });
    expect(InboundMessageReceived.parse(events[0]?.envelope).data).toMatchObject({
      from: '+14155550123',
      to: '+12125550101',
      text: 'By a conversation',
      media: [{ url: 'https://mcs.us1.twilio.com/v1/Services/IS00000000000000000000000000000001/Media/ME1' }],
    });
    expect(await world.receipts({ providerMessageId: `${MessageSid}x` })).toEqual([]);
  });

  it('may be a GET', async () => {
    const fields = sms();
    expect((await world.carrier.twilio(fields, { method: 'GET' })).status).toBe(200);
    expect(await world.receipts({ providerMessageId: fields['MessageSid'] })).toHaveLength(1);
  });

  it('may tell statuses, each once, with our reference', async () => {
    const MessageSid = newId('SM');
    for (const MessageStatus of ['sent', 'delivered', 'sent']) {
      const query = 'reference=ms_1';
      expect((await world.carrier.twilio({ MessageSid, MessageStatus }, { query })).status).toBe(200);
    }
    await eventually(async () => expect(await publishedAbout(MessageSid)).toHaveLength(2));
    const statuses = (await publishedAbout(MessageSid)).map(
      ({ envelope }) => CarrierStatusReceived.parse(envelope).data,
    );
    expect(statuses).toMatchObject([
      { status: 'sent', reference: 'ms_1' },
      { status: 'delivered', reference: 'ms_1' },
    ]);
  });
});

describe('what is the same stays one', () => {
  it('ten times at once: one receipt, published once, ten times accepted', async () => {
    const text = aText();
    const responses = await Promise.all(Array.from({ length: 10 }, () => world.carrier.text(text)));
    expect(responses.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 204));
    expect(await world.receipts({ providerMessageId: text.id })).toHaveLength(1);
    await eventually(async () => expect(await publishedAbout(text.id)).toHaveLength(1));
    expect((await world.carrier.text(text)).status).toBe(204);
    expect(await publishedAbout(text.id)).toHaveLength(1);
  });

  it('several events in one webhook are several receipts', async () => {
    const texts = [aText(), aText(), aText()];
    const content = texts.map((data) => ({ type: 'message.received' as const, data }));
    expect((await world.carrier.simulator(content)).status).toBe(204);
    expect(await world.receipts({ providerMessageId: { $in: texts.map(({ id }) => id) } })).toHaveLength(3);
  });
});

describe('group commit', () => {
  it('stores 200 at once in fewer writes and publishes each', async () => {
    const before = await world.metric('partyline_ingest_commit_receipts_count');
    const texts = Array.from({ length: 200 }, (_, index) => aText({ text: String(index) }));
    const responses = await Promise.all(texts.map((text) => world.carrier.text(text)));
    expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([204]));
    const ids = texts.map(({ id }) => id);
    expect(await world.receipts({ providerMessageId: { $in: ids } })).toHaveLength(200);
    const writes = (await world.metric('partyline_ingest_commit_receipts_count')) - before;
    expect(writes).toBeLessThan(200);
    await eventually(async () => {
      const published = (await world.neighbours.published()).map(
        ({ envelope }) => (envelope.data as { providerMessageId: string }).providerMessageId,
      );
      expect(published.filter((id) => ids.includes(id))).toHaveLength(200);
    });
  });
});

describe('a webhook that is refused', () => {
  const nothingStored = async (id: string) =>
    expect(await world.receipts({ providerMessageId: id })).toEqual([]);

  it('for a wrong signature stores nothing but a count', async () => {
    const before = (await account()).counters.badSignatures;
    const text = aText();
    const response = await world.carrier.text(text, { secret: 'guessed' });
    expect(response.status).toBe(403);
    expect(await problem(response)).toMatchObject({ code: 'FORBIDDEN', status: 403 });
    await nothingStored(text.id);
    expect((await account()).counters.badSignatures).toBe(before + 1);
    await eventually(async () => {
      const stored = await world.database.collection('refusals').findOne({ accountId: 'demo-simulator' });
      expect(stored?.['badSignatures']).toBe(before + 1);
    });
  });

  it.each<[string, () => Promise<Response>]>([
    [
      'no signature',
      () =>
        fetch(`${world.service.url}/hooks/twilio/demo-twilio`, {
          method: 'POST',
          body: new URLSearchParams(sms()),
        }),
    ],
    ['another token', () => world.carrier.twilio(sms(), { token: 'guessed' })],
  ])('for %s is 403', async (_case, post) => {
    expect((await post()).status).toBe(403);
  });

  it('for making no sense gets the reason', async () => {
    const response = await world.carrier.twilio({ MessageSid: 'SM1', Body: 'who?', To: '+12125550101' });
    expect(response.status).toBe(400);
    expect(await problem(response)).toMatchObject({
      code: 'VALIDATION',
      detail: expect.stringContaining('From'),
    });
    await nothingStored('SM1');
  });

  it.each(['/hooks/simulator/nobody', '/hooks/twilio/demo-simulator', '/hooks/pigeon/demo-simulator'])(
    'at %s is 404',
    async (path) => {
      const response = await fetch(world.service.url + path, { method: 'POST', body: '{}' });
      expect(response.status).toBe(404);
      expect(await problem(response)).toMatchObject({ code: 'NOT_FOUND' });
    },
  );

  it('for being larger than a mebibyte is 413, one byte less is looked at', async () => {
    const post = (bytes: number) =>
      fetch(`${world.service.url}/hooks/simulator/demo-simulator`, {
        method: 'POST',
        body: Buffer.alloc(bytes),
      });
    const response = await post(1_048_577);
    expect(response.status).toBe(413);
    expect(await problem(response)).toMatchObject({ code: 'TOO_LARGE' });
    expect((await post(1_048_576)).status).toBe(403);
  });

  it.each(['text/plain', 'application/octet-stream', 'no/such;;type', ''])(
    'of type "%s" is never a 500',
    async (type) => {
      const status = await new Promise<number | undefined>((done, failed) => {
        const url = `${world.service.url}/hooks/twilio/demo-twilio`;
        const headers = type === '' ? {} : { 'content-type': type };
        rawRequest(url, { method: 'POST', headers }, (response) => done(response.resume().statusCode))
          .on('error', failed)
          .end('x');
      });
      expect([400, 403, 415]).toContain(status);
    },
  );
});

describe('where a webhook went', () => {
  it('is followed by the correlation id of whoever brought it, or a new one', async () => {
    const [own, made] = [aText(), aText()];
    const response = await world.carrier.text(own, { correlationId: 'from-outside-1' });
    expect(response.headers.get('x-correlation-id')).toBe('from-outside-1');
    await world.carrier.text(made);
    expect(await world.receipts({ providerMessageId: own.id })).toMatchObject([
      { correlationId: 'from-outside-1' },
    ]);
    await eventually(async () => {
      expect((await publishedAbout(own.id))[0]?.envelope.correlationId).toBe('from-outside-1');
      expect((await publishedAbout(made.id))[0]?.envelope.correlationId).toMatch(/^co_/);
    });
  });

  it('is known: open until its conversation has it, then landed', async () => {
    const before = (await account()).counters;
    const text = aText();
    await world.carrier.text(text);
    const during = (await account()).counters;
    expect(during).toMatchObject({
      received: before.received + 1,
      open: before.open + 1,
      landed: before.landed,
    });
    const id = messageId('simulator', 'demo-simulator', text.id);
    const traced = await world.neighbours.call(TraceReceipt, { ...viewer, messageId: id });
    expect(traced).toMatchObject({
      ok: true,
      value: { accountId: 'demo-simulator', landedAt: null, publishedTimes: 1 },
    });

    const [event] = await eventually(async () => {
      const found = await publishedAbout(text.id);
      expect(found).toHaveLength(1);
      return found;
    });
    await world.neighbours.land(InboundMessageReceived.parse(event?.envelope).data);
    await eventually(async () => {
      const after = (await account()).counters;
      expect(after).toMatchObject({
        received: before.received + 1,
        open: before.open,
        landed: before.landed + 1,
      });
    });
    const landed = await world.neighbours.call(TraceReceipt, { ...viewer, messageId: id });
    expect(landed).toMatchObject({ ok: true, value: { landedAt: expect.any(String) } });
    expect((await account()).lastWebhookAt).not.toBeNull();
  });

  it('of a status is known from delivery', async () => {
    const MessageSid = newId('SM');
    await world.carrier.twilio({ MessageSid, MessageStatus: 'delivered' });
    const [receipt] = await world.receipts({ providerMessageId: MessageSid });
    await world.neighbours.settle([receipt?._id ?? '', 'rc_unknown']);
    await eventually(async () =>
      expect(await world.receipts({ providerMessageId: MessageSid })).toMatchObject([{ state: 'landed' }]),
    );
  });

  it('is nobody else’s business', async () => {
    const answer = await world.neighbours.call(ListCarrierAccounts, { ...viewer, tenantId: 'other' });
    expect(answer).toEqual({ ok: true, value: [] });
  });
});

describe('secrets', () => {
  it('lie sealed at rest and appear in no log and no receipt', async () => {
    const accounts = JSON.stringify(await world.database.collection('accounts').find().toArray());
    const receipts = JSON.stringify(await world.receipts());
    expect(accounts).toContain('signingSecret');
    for (const secret of ['demo-simulator-secret', 'demo-twilio-token']) {
      expect(accounts).not.toContain(secret);
      expect(receipts).not.toContain(secret);
      expect(logged.join('\n')).not.toContain(secret);
    }
    expect(logged.join('\n')).toContain('does not fit');
    expect(receipts).not.toContain('signature');
  });
});
