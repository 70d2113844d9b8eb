import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { WebhookRedaction } from './redact-webhook.js';

const SECRET = 'sv3/ry+s"cr&t é=';
const redaction = new WebhookRedaction([SECRET, 'hush-hush'], ['X-Check']);
const shown = (body: string | Uint8Array, query = '', headers: Record<string, string> = {}) =>
  redaction.webhook({ query, headers, body: typeof body === 'string' ? Buffer.from(body) : body });
const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('what is kept of a webhook', () => {
  it.each<[string, string]>([
    ['as it is', SECRET],
    ['in a URL', encodeURIComponent(SECRET)],
    ['in a URL in a URL', encodeURIComponent(encodeURIComponent(SECRET))],
    ['in a URL, with small digits', encodeURIComponent(SECRET).toLowerCase()],
    ['in a form', new URLSearchParams({ SECRET }).toString().slice('SECRET='.length)],
    ['in JSON', JSON.stringify(SECRET).slice(1, -1)],
    ['in JSON, with slashes as PHP writes them', JSON.stringify(SECRET).slice(1, -1).replaceAll('/', '\\/')],
    ['in JSON in JSON', JSON.stringify(JSON.stringify(SECRET)).slice(3, -3)],
    ['in JSON that is ASCII only', JSON.stringify(SECRET).slice(1, -1).replace('é', '\\u00e9')],
    ['in XML', SECRET.replace('&', '&amp;').replace('"', '&quot;').replace('é', '&#xE9;')],
    ['in hex', Buffer.from(SECRET).toString('hex')],
    ['in base64', base64(SECRET)],
    ['in base64 with a user before it', base64(`u:${SECRET}`)],
    ['in base64 with more around it', base64(`{"a":"${SECRET}"}`)],
    ['in base64 of URLs', Buffer.from(`user:${SECRET}`).toString('base64url')],
    ['in base64 in a form', encodeURIComponent(base64(`user9:${SECRET}`))],
  ])('has no secret of the account in it, %s', (_case, written) => {
    const given = `before ${written} after`;
    const { body, query, headers } = shown(given, `x=${encodeURIComponent('a')}&y=${written}`, {
      'x-note': given,
    });
    expect(body).toBe('before [redacted] after');
    expect(query).not.toContain(written);
    expect(headers['x-note']).toBe('before [redacted] after');
  });

  it('has no secret in it that a carrier calls one', () => {
    const { query, headers } = shown(
      '',
      'from=%2B1&api_key=k1&accessToken=k2&sig=k3&Pass%77ord=k4&keyword=JOIN',
      {
        authorization: 'Basic dTpw',
        'proxy-authorization': 'dTpw',
        cookie: 'session=1',
        'x-api-key': 'hunter2 and more',
        'x-hub-signature-256': `sha256=${'ab'.repeat(32)}`,
        'x-check': 'YWJjZA==',
        'webhook-signature': 'v1,YWJj v1,ZGVm',
        'webhook-id': 'msg_1',
        'content-type': 'text/plain',
      },
    );
    expect(query).toBe(
      'from=%2B1&api_key=[redacted]&accessToken=[redacted]&sig=[redacted]&Pass%77ord=[redacted]&keyword=JOIN',
    );
    expect(headers).toEqual({
      authorization: 'Basic [redacted]',
      'proxy-authorization': '[redacted]',
      cookie: '[redacted]',
      'x-api-key': '[redacted]',
      'x-hub-signature-256': '[redacted: sha256= and 64 hex digits]',
      'x-check': '[redacted: 8 characters of base64]',
      'webhook-signature': '[redacted: v1, and 12 characters]',
      'webhook-id': 'msg_1',
      'content-type': 'text/plain',
    });
  });

  it.each<[string, string, string]>([
    ['a JSON field', '{"text":"hi","auth_token": "a\\"b"}', '{"text":"hi","auth_token": "[redacted]"}'],
    ['JSON in JSON', '{"m":"{\\"token\\":\\"abc\\"}"}', '{"m":"{\\"token\\":\\"[redacted]\\"}"}'],
    ['a form', 'text=hi&password=abc&to=1', 'text=hi&password=[redacted]&to=1'],
    [
      'XML',
      '<a><Signature>abc</Signature><text>hi</text></a>',
      '<a><Signature>[redacted]</Signature><text>hi</text></a>',
    ],
    [
      'a part of a form with files',
      'name="secret"\r\nContent-Type: text/plain\r\n\r\nabc\r\n--',
      'name="secret"\r\nContent-Type: text/plain\r\n\r\n[redacted]\r\n--',
    ],
    ['a JWT', 'see eyJhbGciOiJI.eyJzdWIiOiIx.c2lnbmF0dXJl there', 'see [redacted] there'],
    ['a URL with a login', '{"url":"https://me:pw@x.example/1"}', '{"url":"https://[redacted]@x.example/1"}'],
    [
      'a URL with a token',
      '{"url":"https://x.example/1?token=abc"}',
      '{"url":"https://x.example/1?token=[redacted]"}',
    ],
    [
      'nothing else',
      '{"text":"Basic instructions: key points","to":"+1"}',
      '{"text":"Basic instructions: key points","to":"+1"}',
    ],
  ])('leaves out what looks like a credential in %s', (_case, body, kept) => {
    expect(shown(body).body).toBe(kept);
  });

  it('keeps bytes that are no text as base64, without the secrets in them', () => {
    const { body, encoding } = shown(
      Buffer.concat([Buffer.of(0xff, 0), Buffer.from(SECRET), Buffer.of(0xfe)]),
    );
    expect(encoding).toBe('base64');
    expect(Buffer.from(body, 'base64')).toEqual(
      Buffer.concat([Buffer.of(0xff, 0), Buffer.from('[redacted]'), Buffer.of(0xfe)]),
    );
  });

  it('says where some is left out, and a secret at the cut is not half there', () => {
    expect(shown('x'.repeat(1000)).cut).toBe(false);
    for (const at of [64 * 1024 - 3, 128 * 1024 - 3]) {
      const { body, cut } = shown('x'.repeat(at) + SECRET + 'y'.repeat(200_000));
      expect(cut).toBe(true);
      expect(body.length).toBeLessThanOrEqual(64 * 1024);
      expect(body).not.toContain('sv3');
    }
  });

  it('has no secret in it wherever that stands and however it is written', () => {
    const ways: ((secret: string) => string)[] = [
      (secret) => secret,
      encodeURIComponent,
      (secret) => JSON.stringify(secret).slice(1, -1),
      (secret) => Buffer.from(secret).toString('hex'),
    ];
    const secrets = fc
      .string({ minLength: 6, maxLength: 40, unit: 'grapheme-ascii' })
      .filter((one) => !/^(.)\1*$/.test(one));
    fc.assert(
      fc.property(secrets, fc.nat(3), fc.string(), fc.string(), (secret, way, before, after) => {
        const written = ways[way]?.(secret) ?? '';
        const { body } = new WebhookRedaction([secret]).webhook({
          query: '',
          headers: {},
          body: Buffer.from(`${before}\n${written}\n${after}`),
        });
        return !body.includes(`\n${written}\n`);
      }),
    );
    fc.assert(
      fc.property(secrets, fc.string({ unit: 'grapheme-ascii' }), (secret, user) => {
        const pair = base64(`${user}:${secret}`);
        const { body } = new WebhookRedaction([secret]).webhook({
          query: '',
          headers: {},
          body: Buffer.from(`Login ${pair}, please`),
        });
        return body === 'Login [redacted], please';
      }),
    );
  });

  it.each([
    ['half-open words of base64', 'eyJ-eyJ-'.repeat(40_000)],
    ['half-open JSON', '"a":"b'.repeat(50_000)],
    ['backslashes', '\\'.repeat(300_000)],
    ['percent signs', '%25'.repeat(100_000)],
    ['spaces', '"a"                   :'.repeat(15_000)],
    ['half-open names', 'name="x"\n'.repeat(30_000)],
  ])('does not take long, whatever somebody sends: %s', (_case, body) => {
    const started = performance.now();
    shown(body, body, { 'x-note': body });
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
