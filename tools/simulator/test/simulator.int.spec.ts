import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  CarrierClient,
  simulator,
  twilio,
  type Carrier,
  type CarrierEvent,
  type OpenAccount,
  type SendOutcome,
} from '@partyline/carriers';
import { newId } from '@partyline/kernel';
import { eventually, freshDbPrefix, mongoUrl } from '@partyline/testing';
import type { FastifyInstance } from 'fastify';
import { buildApp } from '../src/app.js';
import { SIMULATOR_ACCOUNT, TWILIO_ACCOUNT } from '../src/demo.js';
import type { Text, Thread } from '../src/texts.js';

const SUPPORT = '+12125550101';
const database = `${freshDbPrefix()}_simulator`;
let client: CarrierClient;
let app: FastifyInstance;
let url: string;
let hooks: Server;
let hooksUrl: string;
/** What came in at the hooks, verified as ingest would. */
let heard: CarrierEvent[] = [];
let refuse: (number | 'reset')[] = [];

const simulatorAccount = (): OpenAccount => ({
  ...SIMULATOR_ACCOUNT,
  publicUrl: `${hooksUrl}/hooks/simulator/demo-simulator`,
  settings: { apiBase: url },
});
const twilioAccount = (): OpenAccount => ({
  id: TWILIO_ACCOUNT.id,
  publicUrl: TWILIO_ACCOUNT.publicUrl,
  settings: { accountSid: TWILIO_ACCOUNT.accountSid, apiBase: url },
  secrets: { authToken: TWILIO_ACCOUNT.authToken },
});

async function startHooks(): Promise<void> {
  hooks = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const trouble = refuse.shift();
      if (trouble === 'reset') {
        response.destroy();
        return;
      }
      if (trouble !== undefined) {
        response.writeHead(trouble).end('not now');
        return;
      }
      const { pathname, search } = new URL(request.url ?? '/', 'http://hooks');
      const isTwilio = pathname === '/hooks/twilio/demo-twilio';
      const carrier = isTwilio ? twilio : simulator;
      const webhook = {
        method: 'POST' as const,
        query: search.slice(1),
        headers: Object.fromEntries(
          Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
        ),
        body: Buffer.concat(parts),
        receivedAt: new Date(),
      };
      const account = isTwilio ? twilioAccount() : simulatorAccount();
      const events = carrier.verify(webhook, account).ok ? carrier.parse(webhook, account) : null;
      if (events?.ok) heard.push(...events.value);
      response.writeHead(events?.ok ? 204 : 403).end();
    });
  });
  hooks.listen(0, '127.0.0.1');
  await once(hooks, 'listening');
  hooksUrl = `http://127.0.0.1:${(hooks.address() as AddressInfo).port}`;
}

async function startApp(): Promise<void> {
  app = await buildApp({ mongodbUrl: mongoUrl(), database, hooksUrl, ownUrl: undefined, logLevel: 'silent' });
  url = await app.listen({ port: 0, host: '127.0.0.1' });
  client = new CarrierClient({ answerTimeoutMs: 500, allowedOrigins: new Set([url]) });
}

beforeAll(async () => {
  await startHooks();
  await startApp();
}, 30_000);

beforeEach(() => {
  heard = [];
  refuse = [];
});

afterAll(async () => {
  await app?.close();
  await client.close();
  hooks?.closeAllConnections();
  hooks?.close();
});

const post = (body: object): Promise<Response> =>
  fetch(`${url}/api/texts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

async function thread(phone: string, number = SUPPORT): Promise<Text[]> {
  const answer = await fetch(
    `${url}/api/threads/${encodeURIComponent(number)}?phone=${encodeURIComponent(phone)}`,
  );
  return ((await answer.json()) as { texts: Text[] }).texts;
}

const send = (
  carrier: Carrier,
  account: OpenAccount,
  to: string,
  messageId = newId('ms'),
): Promise<SendOutcome> =>
  client.send(
    carrier,
    { messageId, from: SUPPORT, to, text: 'It is on its way', media: [], at: new Date() },
    account,
  );

const receiptsOf = (reference: string) =>
  heard.filter((event) => event.kind === 'status').filter((event) => event.reference === reference);
const statuses = (reference: string): (string | null)[] => receiptsOf(reference).map(({ status }) => status);

describe('a text from the phone', () => {
  it('is posted as a signed webhook and shown in its thread', async () => {
    const phone = '+12125557001';
    const answer = await post({ from: phone, to: SUPPORT, text: ' Hello 👋 שלום ' });
    expect(answer.status).toBe(201);
    const { text } = (await answer.json()) as { text: Text };
    expect(text).toMatchObject({
      phone,
      number: SUPPORT,
      direction: 'out',
      state: 'accepted',
      text: ' Hello 👋 שלום ',
    });
    expect(heard).toMatchObject([
      { kind: 'message', providerMessageId: text.id, from: phone, to: SUPPORT, text: ' Hello 👋 שלום ' },
    ]);
    expect(await thread(phone)).toEqual([text]);
    const list = await fetch(`${url}/simulator/api/threads?phone=${encodeURIComponent(phone)}`);
    const { threads } = (await list.json()) as { threads: Thread[] };
    expect(threads).toMatchObject([{ number: SUPPORT, name: 'Support', last: { id: text.id } }]);
  });

  it('is posted again while Partyline cannot take it, and counts once', async () => {
    refuse = [503, 'reset'];
    const answer = await post({ from: '+12125557002', to: SUPPORT, text: 'again' });
    expect(answer.status).toBe(201);
    expect(heard).toHaveLength(1);
  });

  it('that is refused says why', async () => {
    refuse = [404];
    const answer = await post({ from: '+12125557003', to: SUPPORT, text: 'no' });
    expect(answer.status).toBe(502);
    expect(await answer.json()).toMatchObject({
      message: expect.stringContaining('404'),
      text: { state: 'refused' },
    });
  });

  it('survives a restart before it was taken', async () => {
    refuse = Array.from({ length: 50 }, () => 503);
    const phone = '+12125557004';
    const pending = post({ from: phone, to: SUPPORT, text: 'hold on' }).catch(() => undefined);
    await eventually(() => expect(refuse.length).toBeLessThan(50));
    await app.close();
    await pending;
    refuse = [];
    await startApp();
    await eventually(() => expect(heard).toMatchObject([{ kind: 'message', from: phone, text: 'hold on' }]));
  });

  it.each([
    [{ from: 'me', to: SUPPORT, text: 'hi' }, 400, 'from is no phone number'],
    [{ from: '+12125557005', to: SUPPORT, text: '' }, 400, 'neither text nor a picture'],
    [{ from: '+12125557005', to: SUPPORT, media: ['nothing'] }, 422, 'no uploaded picture'],
    [{ from: '+12125557005', to: SUPPORT, media: ['data:image/png;base64,PHN2Zz4='] }, 422, 'not a picture'],
  ])('%j is refused with %d', async (body, status, reason) => {
    const answer = await post(body);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ message: expect.stringContaining(reason) });
    expect(heard).toEqual([]);
  });

  it('carries pictures that ingest can fetch', async () => {
    const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
    const upload = await fetch(`${url}/api/media`, {
      method: 'POST',
      headers: { 'content-type': 'image/png' },
      body: png,
    });
    const { id } = (await upload.json()) as { id: string };
    const inline = `data:image/png;base64,${png.toString('base64')}`;
    const answer = await post({ from: '+12125557006', to: SUPPORT, media: [id, inline] });
    expect(answer.status).toBe(201);
    const [message] = heard;
    if (message?.kind !== 'message') throw new Error('no message was heard');
    expect(message.media.map(({ contentType }) => contentType)).toEqual(['image/png', 'image/png']);
    for (const one of message.media) {
      const fetched = await fetch(one.url);
      expect(fetched.headers.get('content-type')).toBe('image/png');
      expect(Buffer.from(await fetched.arrayBuffer())).toEqual(png);
    }
    const [text] = await thread('+12125557006');
    expect((await fetch(url + (text?.media[0]?.url ?? ''))).status).toBe(200);
  });
});

describe.each([
  ['simulator', simulator, simulatorAccount],
  ['twilio', twilio, twilioAccount],
])('a reply through %s', (name, carrier, account) => {
  const phone = (ending: string): string => `+1${name === 'twilio' ? '646' : '917'}555${ending}`;

  it('arrives on the phone, and its receipts come back signed and with our reference', async () => {
    const outcome = await send(carrier, account(), phone('7101'), `ms_${name}`);
    expect(outcome.kind).toBe('accepted');
    await eventually(() => expect(statuses(`ms_${name}`)).toEqual(['sent', 'delivered']));
    await eventually(async () =>
      expect(await thread(phone('7101'))).toMatchObject([
        { direction: 'in', text: 'It is on its way', state: 'delivered' },
      ]),
    );
  });

  it('stands in the log of the carrier, where that has one', async () => {
    if (!carrier.log) return expect(name).toBe('simulator');
    await send(carrier, account(), phone('7103'), `ms_${name}_log`);
    const query = { source: 'messages', from: new Date(Date.now() - 60_000), to: new Date(), page: null };
    const answer = await client.read(carrier, carrier.log.buildList(query, account()), account());
    if (!answer.ok) throw new Error(answer.error.reason);
    const page = carrier.log.parseList(answer.value, query, account());
    expect(page).toMatchObject({
      ok: true,
      value: {
        next: null,
        unreadable: 0,
        entries: expect.arrayContaining([
          expect.objectContaining({ kind: 'reply', to: phone('7103'), text: 'It is on its way' }),
        ]),
      },
    });
  });

  it('with the wrong secret is refused', async () => {
    const secrets = { signingSecret: 'wrong', authToken: 'wrong' };
    const outcome = await send(carrier, { ...account(), secrets }, phone('7102'));
    expect(outcome).toMatchObject({ kind: 'rejected', errorClass: 'credentials' });
    expect(await thread(phone('7102'))).toEqual([]);
  });

  it('to ...0198 does not arrive, with a reason', async () => {
    const reference = `ms_${name}_198`;
    await send(carrier, account(), phone('0198'), reference);
    await eventually(() => expect(statuses(reference)).toEqual(['sent', 'undelivered']));
    expect(receiptsOf(reference).at(-1)).toMatchObject({ errorClass: 'unreachable' });
  });

  it('to ...0197 is rejected', async () => {
    expect(await send(carrier, account(), phone('0197'))).toMatchObject({
      kind: 'rejected',
      errorClass: 'invalid_destination',
    });
  });

  it('to ...0196 is throttled first, then taken', async () => {
    expect(await send(carrier, account(), phone('0196'), `ms_${name}_196`)).toMatchObject({
      kind: 'throttled',
      retryAfterMs: 2_000,
    });
    expect(await send(carrier, account(), phone('0196'), `ms_${name}_196`)).toMatchObject({
      kind: 'accepted',
    });
  });

  it('to ...0194 is never answered', async () => {
    expect(await send(carrier, account(), phone('0194'))).toMatchObject({ kind: 'unknown' });
    expect(await thread(phone('0194'))).toHaveLength(1);
  });
});

describe('a reply that is sent twice with the same reference', () => {
  it('is one text with one id', async () => {
    const phone = '+12125557201';
    const first = await send(simulator, simulatorAccount(), phone, 'ms_twice');
    const second = await send(simulator, simulatorAccount(), phone, 'ms_twice');
    expect(second).toEqual(first);
    expect(await thread(phone)).toHaveLength(1);
  });
});

describe('the page', () => {
  it('hears of new texts and their states as they come', async () => {
    const phone = '+12125557301';
    const stop = new AbortController();
    const events = await fetch(`${url}/api/events?phone=${encodeURIComponent(phone)}`, {
      signal: stop.signal,
    });
    expect(events.headers.get('content-type')).toBe('text/event-stream');
    await send(simulator, simulatorAccount(), phone);
    let seen = '';
    const decoder = new TextDecoder();
    for await (const part of events.body as unknown as AsyncIterable<Uint8Array>) {
      seen += decoder.decode(part, { stream: true });
      if (seen.includes('"state":"delivered"')) break;
    }
    expect(seen.match(/"state":"\w+"/g)).toEqual([
      '"state":"taken"',
      '"state":"sent"',
      '"state":"delivered"',
    ]);
    stop.abort();
  });

  it('learns the numbers, and that all is well', async () => {
    const { numbers } = (await (await fetch(`${url}/api/numbers`)).json()) as {
      numbers: { number: string }[];
    };
    expect(numbers.map(({ number }) => number)).toContain(SUPPORT);
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
  });
});
