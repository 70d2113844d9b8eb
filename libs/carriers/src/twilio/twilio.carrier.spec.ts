import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { OpenAccount, WebhookRequest } from '../carrier.js';
import { twilio } from './twilio.carrier.js';
import { isTwilioSignature, signTwilioRequest } from './twilio.signature.js';

const fixture = (name: string) =>
  JSON.parse(readFileSync(new URL(`fixtures/${name}.json`, import.meta.url), 'utf8'));

const account: OpenAccount = {
  id: 'acme-twilio',
  publicUrl: 'https://texts.example.com/hooks/twilio/acme-twilio',
  settings: { accountSid: 'AC00000000000000000000000000000001' },
  secrets: { authToken: 'the-auth-token' },
};

interface Sent {
  method?: 'GET' | 'POST';
  query?: string;
  body?: string;
  headers?: Record<string, string>;
  signedWith?: string;
}
function webhook(fields: Record<string, string> | [string, string][], sent: Sent = {}): WebhookRequest {
  const form = new URLSearchParams(fields);
  const method = sent.method ?? 'POST';
  const query = sent.query ?? (method === 'GET' ? form.toString() : '');
  const url = account.publicUrl + (query === '' ? '' : `?${query}`);
  return {
    method,
    query,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': signTwilioRequest(
        sent.signedWith ?? 'the-auth-token',
        url,
        method === 'GET' ? [] : form,
      ),
      ...sent.headers,
    },
    body: Buffer.from(sent.body ?? (method === 'GET' ? '' : form.toString())),
    receivedAt: new Date('2026-11-23T18:00:00.000Z'),
  };
}

describe('the signature', () => {
  const { authToken, form } = fixture('signatures');

  it('is that of the documentation', () => {
    expect(signTwilioRequest(authToken, form.url, Object.entries<string>(form.fields))).toBe(form.signature);
  });

  it('does not depend on the order of the fields, and counts a repeated value once', () => {
    const sign = (fields: [string, string][]) => signTwilioRequest('t', 'https://example.com/', fields);
    expect(
      sign([
        ['b', '2'],
        ['a', '1'],
        ['b', '1'],
        ['b', '2'],
      ]),
    ).toBe(
      sign([
        ['a', '1'],
        ['b', '1'],
        ['b', '2'],
      ]),
    );
  });

  it.each([
    ['the standard port left out', 'https://example.com:443/a?b=1', 'https://example.com/a?b=1'],
    ['the standard port added', 'https://example.com/a?b=1', 'https://example.com:443/a?b=1'],
    ['the standard http port added', 'http://example.com/a', 'http://example.com:80/a'],
    ['a quote encoded', "https://example.com/a?b=it's", 'https://example.com/a?b=it%27s'],
    ['a quote decoded', 'https://example.com/a?b=it%27s', "https://example.com/a?b=it's"],
    ['credentials', 'https://me:pass@example.com/a', 'https://me:pass@example.com/a'],
    ['no path', 'https://example.com', 'https://example.com/'],
  ])('fits with %s', (_case, seen, signed) => {
    expect(isTwilioSignature('t', signTwilioRequest('t', signed), { url: seen, fields: [] })).toBe(true);
  });

  it.each([
    ['another host', 'https://evil.example.com/a'],
    ['another path', 'https://example.com/b'],
    ['another query', 'https://example.com/a?b=2'],
  ])('does not fit %s', (_case, seen) => {
    expect(
      isTwilioSignature('t', signTwilioRequest('t', 'https://example.com/a'), { url: seen, fields: [] }),
    ).toBe(false);
  });

  it('covers a JSON body by bodySHA256, and refuses one that is not covered', () => {
    const body = Buffer.from('{"a":1}');
    const url = `https://example.com/a?bodySHA256=${createHash('sha256').update(body).digest('hex')}`;
    const signature = signTwilioRequest('t', url);
    expect(isTwilioSignature('t', signature, { url, fields: [], body })).toBe(true);
    expect(isTwilioSignature('t', signature, { url, fields: [], body: Buffer.from('{"a":2}') })).toBe(false);
    const bare = 'https://example.com/a';
    expect(isTwilioSignature('t', signTwilioRequest('t', bare), { url: bare, fields: [], body })).toBe(false);
  });

  it('never fits an empty token or an empty signature', () => {
    const url = 'https://example.com/a';
    expect(isTwilioSignature('', signTwilioRequest('', url), { url, fields: [] })).toBe(false);
    expect(isTwilioSignature('t', '', { url, fields: [] })).toBe(false);
  });
});

describe('verify', () => {
  const sms: Record<string, string> = fixture('inbound-sms').fields;

  it('accepts a form, a GET, and a query that Twilio added', () => {
    expect(twilio.verify(webhook(sms), account)).toEqual({ ok: true, value: null });
    expect(twilio.verify(webhook(sms, { method: 'GET' }), account).ok).toBe(true);
    expect(twilio.verify(webhook(sms, { query: 'ref=42' }), account).ok).toBe(true);
  });

  it('accepts the previous token while tokens are being changed, and no third', () => {
    const rotating = { ...account, secrets: { authToken: 'new-token', previousAuthToken: 'the-auth-token' } };
    expect(twilio.verify(webhook(sms), rotating).ok).toBe(true);
    expect(twilio.verify(webhook(sms, { signedWith: 'stolen' }), rotating).ok).toBe(false);
  });

  it.each<[string, WebhookRequest]>([
    ['no signature', webhook(sms, { headers: { 'x-twilio-signature': '' } })],
    ['another token', webhook(sms, { signedWith: 'wrong' })],
    ['a changed body', webhook(sms, { body: new URLSearchParams({ ...sms, Body: 'changed' }).toString() })],
    [
      'an added field',
      webhook(sms, { body: `${new URLSearchParams(sms).toString()}&MediaUrl0=https://evil.example` }),
    ],
    [
      'a trimmed text',
      webhook(sms, { body: new URLSearchParams({ ...sms, Body: sms['Body']?.trim() ?? '' }).toString() }),
    ],
    [
      'a form called JSON',
      webhook({}, { body: '{"MessageSid":"SM1"}', headers: { 'content-type': 'application/json' } }),
    ],
  ])('refuses %s', (_case, request) => {
    expect(twilio.verify(request, account)).toEqual({ ok: false, error: expect.any(String) });
  });

  it('does not say the token when it refuses', () => {
    expect(JSON.stringify(twilio.verify(webhook(sms, { signedWith: 'wrong' }), account))).not.toContain(
      'the-auth',
    );
  });
});

describe('parse', () => {
  const sms: Record<string, string> = fixture('inbound-sms').fields;

  it('reads a text, untrimmed', () => {
    expect(twilio.parse(webhook(sms), account)).toEqual({
      ok: true,
      value: [
        {
          kind: 'message',
          providerMessageId: 'SM00000000000000000000000000000001',
          from: '+14155550123',
          to: '+12125550101',
          group: [],
          text: "Ahoy! We can't wait to see what you build. ",
          media: [],
          segments: 1,
          sentAt: null,
        },
      ],
    });
  });

  it('reads a picture message without a text', () => {
    const parsed = twilio.parse(webhook(fixture('inbound-mms').fields), account);
    expect(parsed).toMatchObject({ ok: true, value: [{ text: '', segments: 2 }] });
    expect(parsed.ok && parsed.value[0]?.kind === 'message' && parsed.value[0].media).toEqual([
      {
        url: expect.stringContaining('/Media/ME00000000000000000000000000000001'),
        contentType: 'image/jpeg',
      },
      {
        url: expect.stringContaining('/Media/ME00000000000000000000000000000002'),
        contentType: 'text/vcard',
      },
    ]);
  });

  it.each<[string, Record<string, string>, object]>([
    ['emoji', { Body: '👩‍👩‍👧 שלום' }, { text: '👩‍👩‍👧 שלום' }],
    ['a NUL', { Body: 'a\u0000b' }, { text: 'ab' }],
    ['an empty Body', { Body: '' }, { text: '' }],
    ['a short code', { To: '384387' }, { to: '384387' }],
    ['an alphanumeric sender', { From: 'MTN' }, { from: 'MTN' }],
    ['a Messaging Service without To', { To: '', MessagingServiceSid: 'MG1' }, { to: 'MG1' }],
    ['the legacy id', { MessageSid: '' }, { providerMessageId: sms['SmsSid'] }],
    [
      'media without NumMedia',
      { NumMedia: '0', MediaUrl0: 'https://x.example/1' },
      { media: [{ url: 'https://x.example/1', contentType: null }] },
    ],
    [
      'what Advanced Opt-Out took it for',
      { Body: 'NO MORE', OptOutType: 'STOP' },
      { text: 'NO MORE', keyword: 'stop' },
    ],
  ])('reads %s', (_case, change, expected) => {
    expect(twilio.parse(webhook({ ...sms, ...change }), account)).toMatchObject({
      ok: true,
      value: [expected],
    });
  });

  it('mends a plus that became a space', () => {
    const body = new URLSearchParams(sms).toString().replace('From=%2B', 'From=+');
    expect(twilio.parse(webhook(sms, { body }), account)).toMatchObject({
      ok: true,
      value: [{ from: '+14155550123' }],
    });
  });

  it.each([
    ['accepted', 'queued'],
    ['scheduled', 'queued'],
    ['queued', 'queued'],
    ['sending', 'queued'],
    ['sent', 'sent'],
    ['delivered', 'delivered'],
    ['read', 'delivered'],
    ['undelivered', 'undelivered'],
    ['failed', 'failed'],
    ['canceled', 'failed'],
    ['constructor', null],
    ['brand-new-word', null],
  ])('reads status %s as %s', (word, status) => {
    const request = webhook({
      MessageSid: 'SM1',
      MessageStatus: word,
      SmsStatus: 'delivered',
      To: '+14155550123',
    });
    expect(twilio.parse(request, account)).toEqual({
      ok: true,
      value: [
        {
          kind: 'status',
          providerMessageId: 'SM1',
          status,
          rawStatus: word,
          errorCode: null,
          errorClass: null,
          description: null,
          reference: null,
        },
      ],
    });
  });

  it.each([
    ['21610', 'opted_out'],
    ['21211', 'invalid_destination'],
    ['30003', 'unreachable'],
    ['30004', 'blocked'],
    ['30005', 'invalid_destination'],
    ['30006', 'landline'],
    ['30007', 'spam_filtered'],
    ['30008', 'unknown'],
    ['30010', 'price'],
    ['30034', 'unregistered'],
    ['63018', 'throttled'],
    ['99999', 'unknown'],
  ])('reads error %s as %s', (code, errorClass) => {
    const request = webhook({ MessageSid: 'SM1', MessageStatus: 'undelivered', ErrorCode: code });
    expect(twilio.parse(request, account)).toMatchObject({
      ok: true,
      value: [{ errorCode: code, errorClass }],
    });
  });

  it('finds our reference in the query of a status callback', () => {
    const fields = { MessageSid: 'SM1', MessageStatus: 'sent' };
    const request = webhook(fields, { query: 'reference=ms_1' });
    expect(twilio.verify(request, account).ok).toBe(true);
    expect(twilio.parse(request, account)).toMatchObject({ ok: true, value: [{ reference: 'ms_1' }] });
    const forged = webhook(fields, { query: 'reference=%24where' });
    expect(twilio.parse(forged, account)).toMatchObject({ ok: true, value: [{ reference: null }] });
  });

  it.each<[string, Record<string, string>]>([
    ['no id', { ...sms, MessageSid: '', SmsSid: '' }],
    ['an id with a space', { ...sms, MessageSid: 'a b' }],
    ['no From', { ...sms, From: '' }],
    ['no To', { ...sms, To: '' }],
    ['nothing said', Object.fromEntries(Object.entries(sms).filter(([name]) => name !== 'Body'))],
    ['nothing at all', {}],
  ])('says what is wrong with %s', (_case, fields) => {
    expect(twilio.parse(webhook(fields), account)).toEqual({ ok: false, error: expect.any(String) });
  });
});

describe('send', () => {
  const message = {
    messageId: 'ms_1',
    from: '+12125550101',
    to: '+14155550123',
    text: 'Hi & bye + 100%',
    media: ['https://media.example/1.jpg'],
    at: new Date('2026-11-23T18:00:00.000Z'),
  };

  it('posts the form of the documentation to the account', () => {
    const request = twilio.buildSend(message, account);
    expect(request.method).toBe('POST');
    expect(request.url).toBe(
      'https://api.twilio.com/2010-04-01/Accounts/AC00000000000000000000000000000001/Messages.json',
    );
    expect(request.headers['authorization']).toBe(
      `Basic ${Buffer.from('AC00000000000000000000000000000001:the-auth-token').toString('base64')}`,
    );
    expect(Object.fromEntries(new URLSearchParams(request.body))).toEqual({
      To: '+14155550123',
      From: '+12125550101',
      Body: 'Hi & bye + 100%',
      MediaUrl: 'https://media.example/1.jpg',
      StatusCallback: 'https://texts.example.com/hooks/twilio/acme-twilio?reference=ms_1',
    });
  });

  it('goes through a Messaging Service and another API base where the account says so', () => {
    const settings = { ...account.settings, messagingServiceSid: 'MG1', apiBase: 'http://127.0.0.1:9/' };
    const request = twilio.buildSend({ ...message, text: '' }, { ...account, settings });
    expect(request.url).toMatch(/^http:\/\/127\.0\.0\.1:9\/2010-04-01\//);
    const form = new URLSearchParams(request.body);
    expect(form.get('MessagingServiceSid')).toBe('MG1');
    expect(form.has('Body')).toBe(false);
  });

  const answers = fixture('send');
  it.each<[string, { status: number; body: unknown }, object]>([
    [
      'created',
      answers.created,
      { kind: 'accepted', providerId: 'SM00000000000000000000000000000003', segments: 1, retryable: false },
    ],
    [
      'opted out',
      answers.optedOut,
      { kind: 'rejected', code: '21610', errorClass: 'opted_out', retryable: false },
    ],
    ['a bad token', answers.badToken, { kind: 'rejected', code: '20003', errorClass: 'credentials' }],
    ['too many', answers.tooMany, { kind: 'throttled', retryAfterMs: 2000, retryable: true }],
    ['a 500', { status: 500, body: 'oops' }, { kind: 'unknown', retryable: false }],
    ['a 503', { status: 503, body: {} }, { kind: 'unknown' }],
    ['a 201 without an id', { status: 201, body: {} }, { kind: 'unknown' }],
    ['a 404 page', { status: 404, body: '<html>' }, { kind: 'rejected', code: null }],
    ['a 403 without a code', { status: 403, body: '' }, { kind: 'rejected', errorClass: 'credentials' }],
    ['a request time-out', { status: 408, body: '' }, { kind: 'unknown' }],
  ])('reads %s', (_case, answer, expected) => {
    const body = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
    expect(twilio.parseSend({ status: answer.status, headers: { 'retry-after': '2' }, body })).toMatchObject(
      expected,
    );
  });

  it('gives its credentials to hosts of Twilio alone', () => {
    expect(twilio.mediaHeaders(new URL('https://api.twilio.com/x'), account)).toHaveProperty('authorization');
    for (const url of [
      'https://eviltwilio.com/',
      'https://twilio.com.evil.example/',
      'http://api.twilio.com/',
    ]) {
      expect(twilio.mediaHeaders(new URL(url), account)).toEqual({});
    }
  });

  it.each<[string, Record<string, string>, string[], boolean]>([
    ['complete', account.settings, ['authToken'], true],
    ['no SID', {}, ['authToken'], false],
    ['no token', account.settings, [], false],
    [
      'an API base elsewhere',
      { ...account.settings, apiBase: 'http://169.254.169.254/' },
      ['authToken'],
      false,
    ],
    [
      'a regional API base',
      { ...account.settings, apiBase: 'https://api.dublin.ie1.twilio.com' },
      ['authToken'],
      true,
    ],
  ])('checks an account: %s', (_case, settings, secrets, fine) => {
    expect(twilio.accountProblem(settings, secrets) === null).toBe(fine);
  });
});

describe('whatever comes in', () => {
  it('is verified and parsed without a throw', () => {
    const anything = fc.record({
      method: fc.constantFrom('GET' as const, 'POST' as const),
      query: fc.string({ unit: 'binary' }),
      contentType: fc.constantFrom('application/x-www-form-urlencoded', 'application/json', 'text/plain', ''),
      body: fc.oneof(
        fc.uint8Array(),
        fc.json().map((json) => Buffer.from(json)),
        fc
          .dictionary(
            fc.constantFrom('MessageSid', 'From', 'To', 'Body', 'MessageStatus', 'MediaUrl0'),
            fc.string(),
          )
          .map((fields) => Buffer.from(new URLSearchParams(fields).toString())),
      ),
      signature: fc.string(),
    });
    fc.assert(
      fc.property(anything, ({ method, query, contentType, body, signature }) => {
        const headers = { 'content-type': contentType, 'x-twilio-signature': signature };
        const request = { method, query, headers, body, receivedAt: new Date(0) };
        expect(twilio.verify(request, account).ok).toBe(false);
        expect(typeof twilio.parse(request, account).ok).toBe('boolean');
      }),
      { numRuns: 500 },
    );
  });

  it('is refused when one byte of a signed form differs', () => {
    const request = webhook(fixture('inbound-sms').fields);
    fc.assert(
      fc.property(fc.nat(request.body.length - 1), fc.integer({ min: 1, max: 255 }), (index, flip) => {
        const body = Buffer.from(request.body);
        body[index] = (body[index] ?? 0) ^ flip;
        const decoded = (bytes: Uint8Array) =>
          [...new URLSearchParams(Buffer.from(bytes).toString())].map(String).sort().join('\n');
        fc.pre(decoded(body) !== decoded(request.body));
        expect(twilio.verify({ ...request, body }, account).ok).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('gets an outcome for any answer to a send', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 599 }), fc.oneof(fc.string(), fc.json()), (status, body) => {
        expect(twilio.parseSend({ status, headers: {}, body }).kind).toMatch(
          /accepted|rejected|throttled|unknown/,
        );
      }),
    );
  });
});
