import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { OpenAccount, WebhookRequest } from './carrier.js';
import { accountOf, at, documentedCarriers, requestOf, sample } from './testing/documented.js';

const signatureHeaders = [
  'x-twilio-signature',
  'telnyx-signature-ed25519',
  'telnyx-timestamp',
  'x-signalwire-signature',
  'messagebird-signature-jwt',
  'messagebird-signature',
  'messagebird-request-timestamp',
  'x-plivo-signature-v2',
  'x-plivo-signature-v2-nonce',
  'x-plivo-signature-v3',
  'x-plivo-signature-v3-nonce',
  'x-sinch-webhook-signature',
  'x-sinch-webhook-signature-nonce',
  'x-sinch-webhook-signature-timestamp',
];

/** What becomes of a body on its way, or is made of it on purpose. */
const SPOILERS: readonly ((body: Buffer) => Buffer)[] = [
  (body) => Buffer.from(`\ufeff${body.toString('utf8')}`, 'utf16le'),
  (body) => Buffer.from(body.toString('utf8'), 'utf16le').swap16(),
  (body) => Buffer.from(`\ufeff${body.toString('utf8')}`),
  (body) => Buffer.from(body.toString('utf8'), 'latin1'),
  (body) => Buffer.from(body.toString('latin1'), 'utf8'),
  (body) => gzipSync(body),
  (body) => Buffer.from(body.toString('base64')),
  (body) => body.subarray(0, Math.floor(body.length / 2)),
  (body) => body.subarray(0, -1),
  (body) => Buffer.concat([body, body]),
  (body) => Buffer.concat([body, Buffer.from('&'), body]),
  (body) => Buffer.from(`[${body.toString('utf8')}]`),
  (body) => Buffer.from(`[${Array.from({ length: 200 }, () => body.toString('utf8')).join(',')}]`),
  (body) =>
    Buffer.from(body.toString('utf8').replace('{', '{"__proto__":{"polluted":1},"constructor":null,')),
  (body) =>
    Buffer.from(
      `${body.toString('utf8')}&__proto__[polluted]=1&__proto__.polluted=1&constructor=&toString=1`,
    ),
  (body) =>
    Buffer.from(
      body.toString('utf8').replaceAll(/"([^"]*)"(?=[,}\]])/g, `${'['.repeat(500)}"$1"${']'.repeat(500)}`),
    ),
  (body) => Buffer.from(body.toString('utf8').replaceAll(/"([^"]*)"(?=[,}\]])/g, '1e999')),
  (body) => Buffer.from(body.toString('utf8').replaceAll(/"([^"]*)"(?=[,}\]])/g, '"\\ud800\\u0000$1"')),
  (body) => Buffer.from(body.toString('utf8').replaceAll('=', '=%00%ED%A0%80')),
  (body) => Buffer.from(body.toString('utf8').replaceAll('%', '%%')),
];
const headerSpoilers = fc.constantFrom<Record<string, string>>(
  {},
  { 'content-type': '' },
  { 'content-type': 'text/plain; charset=utf-16' },
  { 'content-type': 'APPLICATION/JSON; CHARSET=LATIN1' },
  { 'content-type': 'application/x-www-form-urlencoded; charset=shift_jis' },
  { 'content-type': 'application/xml; charset=nonsense' },
  { 'content-type': 'multipart/form-data' },
  { 'content-type': 'multipart/form-data; boundary=" "' },
  { 'content-encoding': 'gzip' },
  { authorization: 'Basic' },
  { authorization: `Bearer ${'.'.repeat(100)}` },
);

describe.each(documentedCarriers.map(([carrier, given]) => [carrier.id, carrier, given] as const))(
  '%s, whatever comes in',
  (_id, carrier, given) => {
    const account = accountOf(carrier, given);
    /** Each with its account: what it says is read by the account's settings. */
    const good = fc.constantFrom(
      ...given.webhooks.map((one) => [requestOf(one), accountOf(carrier, given, one.settings)] as const),
    );
    const verdict = (request: WebhookRequest, account: OpenAccount): void => {
      const verified = carrier.verify(request, account);
      if (!verified.ok) expect(verified.error.length).toBeGreaterThan(10);
      const parsed = carrier.parse(request, account);
      if (!parsed.ok) expect(parsed.error.length).toBeGreaterThan(5);
      carrier.handshake?.(request, account);
      const url = carrier.certificateUrl?.(request, account) ?? 'https://sns.us-east-1.amazonaws.com/';
      expect(url).toMatch(/^https:/);
      expect(carrier.refusalStatus?.('malformed', request) ?? 400).toBeGreaterThanOrEqual(400);
    };

    it('random bytes with random headers get a verdict', () => {
      const headers = fc.dictionary(
        fc.constantFrom('content-type', 'authorization', ...signatureHeaders),
        fc.oneof(
          fc.string(),
          fc.constantFrom(
            'application/json',
            'application/x-www-form-urlencoded',
            'multipart/form-data; boundary=x',
            'application/xml',
          ),
        ),
      );
      const method = fc.constantFrom('GET' as const, 'POST' as const, 'OPTIONS' as const);
      const body = fc.oneof(
        fc.uint8Array({ maxLength: 300 }),
        fc.json().map((json) => Buffer.from(json)),
      );
      fc.assert(
        fc.property(method, fc.string({ unit: 'binary' }), headers, body, (method, query, headers, body) => {
          verdict({ method, query, headers, body, receivedAt: at }, account);
        }),
        { numRuns: 100 },
      );
    });

    it('good payloads with flipped bytes get a verdict', () => {
      const flips = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })), {
        minLength: 1,
        maxLength: 4,
      });
      fc.assert(
        fc.property(good, flips, ([request, account], flips) => {
          const body = Buffer.from(request.body);
          if (body.length > 0)
            for (const [index, flip] of flips)
              body.writeUInt8((body[index % body.length] ?? 0) ^ flip, index % body.length);
          verdict({ ...request, body }, account);
        }),
        { numRuns: 100 },
      );
    });

    it('good payloads whose values are something else get a verdict', () => {
      const strange = fc.oneof(
        fc.jsonValue({ maxDepth: 2 }),
        fc.constantFrom('__proto__', 'constructor', '', ' ', -1, 1e300, null),
      );
      const rows = fc.constantFrom(...given.webhooks);
      fc.assert(
        fc.property(rows, fc.nat(), strange, (one, where, strange) => {
          const body = Buffer.from(replaced(one.json ?? one.form ?? {}, where, strange));
          verdict({ ...requestOf(one), body }, accountOf(carrier, given, one.settings));
        }),
        { numRuns: 100 },
      );
    });

    it.each([
      ['deep JSON', '['.repeat(30_000)],
      ['deep objects', `${'{"data":'.repeat(20_000)}1${'}'.repeat(20_000)}`],
      ['a polluting object', '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}'],
      ['a polluting form', '__proto__[polluted]=1&constructor.prototype.polluted=1&__proto__=1'],
      ['a huge form', 'a=1&'.repeat(20_000)],
      [
        'a form of many names',
        Array.from({ length: 20_000 }, (_one, index) => `n${index}=${index}`).join('&'),
      ],
      ['broken escapes', '%E0%A4%A=%&%ZZ=%C3%28'],
      ['deep XML', '<a>'.repeat(20_000)],
      ['an XML bomb', '<!DOCTYPE a [<!ENTITY b "cc"><!ENTITY c "&b;&b;">]><a>&c;</a>'],
    ])('%s gets a verdict, and changes nothing', (_name, body) => {
      for (const type of [
        'application/json',
        'application/x-www-form-urlencoded',
        'application/xml',
        'multipart/form-data; boundary=a',
      ]) {
        const request = {
          method: 'POST' as const,
          query: body.slice(0, 2000),
          headers: { 'content-type': type },
        };
        verdict({ ...request, body: Buffer.from(body), receivedAt: at }, account);
      }
      expect('polluted' in {}).toBe(false);
    });

    it('good payloads in another encoding, cut, doubled or with more in them get a verdict', () => {
      const spoiler = fc.constantFrom(...SPOILERS);
      fc.assert(
        fc.property(good, spoiler, headerSpoilers, ([request, account], spoil, headers) => {
          const query = spoil(Buffer.from(request.query)).toString('latin1');
          verdict(
            {
              ...request,
              query: request.method === 'GET' ? query : request.query,
              headers: { ...request.headers, ...headers },
              body: spoil(Buffer.from(request.body)),
            },
            account,
          );
        }),
        { numRuns: 150 },
      );
      expect('polluted' in {}).toBe(false);
    });

    it('any answer to a send gets an outcome, and a 5xx is never sent again', () => {
      const answers = fc.constantFrom(
        ...given.answers.map((one) => JSON.stringify(one.json ?? one.text ?? '')),
      );
      fc.assert(
        fc.property(
          fc.integer({ min: 100, max: 599 }),
          fc.oneof(fc.string(), fc.json(), answers),
          (status, body) => {
            const outcome = carrier.parseSend({
              status,
              headers: { 'retry-after': body.slice(0, 5) },
              body,
            });
            expect(outcome.kind).toMatch(/accepted|rejected|throttled|unknown/);
            expect(status >= 500 && outcome.retryable).toBe(false);
          },
        ),
      );
    });

    it('any text can be put into a request', () => {
      const text = fc.string({ unit: 'binary' });
      fc.assert(
        fc.property(text, text, fc.array(text, { maxLength: 3 }), (text, to, media) => {
          const request = carrier.buildSend({ ...sample, text, to, media }, account);
          expect(URL.canParse(request.url)).toBe(true);
        }),
      );
    });
  },
);

/** JSON in which the n-th value from the top is another one. */
function replaced(value: unknown, where: number, strange: unknown): string {
  const paths: (string | number)[][] = [];
  const walk = (one: unknown, path: (string | number)[]): void => {
    paths.push(path);
    if (typeof one === 'object' && one !== null) {
      for (const [key, inner] of Object.entries(one)) walk(inner, [...path, key]);
    }
  };
  walk(value, []);
  const path = paths[where % paths.length] ?? [];
  const put = (one: unknown, [key, ...rest]: (string | number)[]): unknown => {
    if (key === undefined) return strange;
    if (Array.isArray(one))
      return one.map((inner, index) => (String(index) === key ? put(inner, rest) : inner));
    return Object.fromEntries(
      Object.entries(one as object).map(([name, inner]) => [name, name === key ? put(inner, rest) : inner]),
    );
  };
  return JSON.stringify(put(value, path)) ?? '';
}
