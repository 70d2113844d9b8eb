import { describe, expect, it } from '@jest/globals';
import type { CarrierMessage, HttpResponse, OpenAccount } from './carrier.js';
import type { CarrierLog, LogQuery } from './carrier-log.js';
import { CARRIERS } from './registry.js';

const LOGS = CARRIERS.flatMap(({ id, log }): [string, CarrierLog][] => (log ? [[id, log]] : []));
const account: OpenAccount = {
  id: 'acc',
  publicUrl: 'https://hooks.example.com/hooks/x/acc',
  settings: {
    accountSid: `AC${'1'.repeat(32)}`,
    space: 'acme.signalwire.com',
    projectId: 'p1',
    accountId: '99',
  },
  secrets: {
    authToken: 'auth-token',
    apiToken: 'api-token',
    apiKey: 'api-key',
    apiSecret: 's',
    apiPassword: 'p',
  },
};
const query = (source: string, page: string | null = null): LogQuery => ({
  source,
  from: new Date('2026-11-22T18:00:00.000Z'),
  to: new Date('2026-11-23T18:00:00.000Z'),
  page,
});
const answer = (status: number, body: unknown, headers: HttpResponse['headers'] = {}): HttpResponse => ({
  status,
  headers,
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
const text: CarrierMessage = {
  kind: 'message',
  providerMessageId: 'MM1',
  from: '+14155550123',
  to: '+12125550101',
  group: [],
  text: 'look',
  media: [],
  segments: 1,
};
const logOf = (id: string): CarrierLog => {
  const log = CARRIERS.find((carrier) => carrier.id === id)?.log;
  if (!log) throw new Error(`${id} has no log`);
  return log;
};

it('seven carriers have a log', () => {
  expect(LOGS.map(([id]) => id).toSorted()).toEqual(
    ['bandwidth', 'plivo', 'signalwire', 'sinch', 'telnyx', 'twilio', 'vonage'].toSorted(),
  );
});

describe.each(LOGS)('the log of %s', (_id, log) => {
  it.each(log.sources)('asks for %s with credentials and never with a body', (source) => {
    const request = log.buildList(query(source), account);
    expect(request).toMatchObject({ method: 'GET', body: '' });
    expect(URL.canParse(request.url)).toBe(true);
    expect(request.headers['authorization']).toMatch(/^(Basic|Bearer) \S+$/);
    expect(request.url).not.toMatch(/api-token|auth-token|api-key/);
  });

  it.each([
    ['asks to slow down', answer(429, '', { 'retry-after': '7' }), { kind: 'throttled', retryAfterMs: 7000 }],
    ['does not know the credentials', answer(401, {}), { kind: 'credentials' }],
    ['does not allow it', answer(403, {}), { kind: 'credentials' }],
    ['is broken', answer(502, '<html>'), { kind: 'unavailable' }],
    ['does not understand', answer(400, {}), { kind: 'refused' }],
    ['talks HTML', answer(200, '<html>'), { kind: 'unavailable' }],
    ['answers something else', answer(200, { hello: 1 }), { kind: 'refused' }],
    ['answers null', answer(200, 'null'), { kind: 'refused' }],
  ] as const)('where the carrier %s, says so', (_what, response, expected) => {
    const parsed = log.parseList(response, query(log.sources[0] ?? ''), account);
    // Vonage leaves out what is empty, so an object without records is an empty list there.
    if (parsed.ok) expect(parsed.value.entries).toEqual([]);
    else expect(parsed.error).toMatchObject(expected);
  });
});

describe('the log of Twilio', () => {
  const twilio = logOf('twilio');

  it('tells where the media of a text are', () => {
    const uri = `/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1.json`;
    const fetched = twilio.parseFetch?.(
      answer(200, { media_list: [{ uri, content_type: 'image/png' }] }),
      text,
      account,
    );
    expect(fetched).toMatchObject({
      ok: true,
      value: {
        text: 'look',
        media: [{ url: `https://api.twilio.com${uri.replace('.json', '')}`, contentType: 'image/png' }],
      },
    });
  });

  it('is not led to another host or account by its next page', () => {
    for (const next_page_uri of [
      '//evil.example/x',
      '/2010-04-01/Accounts/ACother/Messages.json?Page=1',
      '@evil',
    ]) {
      const parsed = twilio.parseList(
        answer(200, { messages: [], next_page_uri }),
        query('messages'),
        account,
      );
      expect(parsed.ok).toBe(false);
      expect(new URL(twilio.buildList(query('messages', next_page_uri), account).url).host).toBe(
        'api.twilio.com',
      );
    }
  });

  it('counts what it cannot read, and reads the rest', () => {
    const messages = [{ sid: 'SM1' }, null, { sid: 'SM2', direction: 'outbound-api', status: 'delivered' }];
    const parsed = twilio.parseList(answer(200, { messages }), query('messages'), account);
    expect(parsed).toMatchObject({
      ok: true,
      value: { unreadable: 2, entries: [{ kind: 'reply', report: { status: 'delivered' } }] },
    });
  });

  it('knows a reply by when it was made, however long it stood in the queue', () => {
    const waited = {
      sid: 'SM1',
      direction: 'outbound-api',
      status: 'sent',
      date_created: 'Mon, 23 Nov 2026 08:00:00 +0000',
      date_sent: 'Mon, 23 Nov 2026 16:30:00 +0000',
    };
    const parsed = twilio.parseList(answer(200, { messages: [waited] }), query('messages'), account);
    expect(parsed).toMatchObject({
      ok: true,
      value: { entries: [{ at: new Date('2026-11-23T08:00:00Z') }] },
    });
    // Until it is sent, the list may not have it at all.
    expect(twilio.appearsWithinMs).toBeGreaterThan(10 * 3_600_000);
  });

  it('tells a customer’s text that nobody can read from a reply that nobody can read', () => {
    const messages = [{ sid: 'SM1', direction: 'inbound', status: 'received', from: '', to: '' }, null];
    const parsed = twilio.parseList(answer(200, { messages }), query('messages'), account);
    expect(parsed).toMatchObject({ ok: true, value: { unreadable: 2, unreadableTexts: 1, entries: [] } });
  });
});

it.each([
  ['delivered', 'delivered'],
  ['dlr_timeout', 'sent'],
  ['dlr_unconfirmed', 'sent'],
  ['gw_timeout', 'undelivered'],
  ['gw_reject', 'failed'],
  ['failed', 'failed'],
])('what Telnyx’s records call %s is %s', (word, expected) => {
  const records = [
    { uuid: 'u1', direction: 'outbound', cli: '+12125550101', cld: '+14155550123', status: word },
  ];
  const meta = { page_number: 1, total_pages: 1 };
  expect(
    logOf('telnyx').parseList(answer(200, { data: records, meta }), query('records'), account),
  ).toMatchObject({
    value: { entries: [{ report: { status: expected } }] },
  });
});

it('Plivo does not say which number of a pool we meant', () => {
  const sent = {
    message_uuid: 'u1',
    message_direction: 'outbound',
    message_state: 'sent',
    from_number: '12125550109',
    to_number: '14155550123',
  };
  const list = answer(200, { objects: [sent], meta: { next: null } });
  const from = (settings: OpenAccount['settings']) => {
    const page = logOf('plivo').parseList(list, query('messages'), { ...account, settings });
    return page.ok && page.value.entries[0]?.kind === 'reply' && page.value.entries[0].from;
  };
  expect(from({})).toBe('+12125550109');
  expect(from({ powerpackUuid: 'pool' })).toBeNull();
});

it('Telnyx does not hand out the words of another message', () => {
  const payload = {
    id: 'other',
    from: { phone_number: '+14155550123' },
    to: [{ phone_number: '+12125550101' }],
    text: 'x',
  };
  expect(logOf('telnyx').parseFetch?.(answer(200, { data: payload }), text, account)).toMatchObject({
    ok: false,
  });
});
