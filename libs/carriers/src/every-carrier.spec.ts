import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import type { Carrier, OpenAccount, OutboundText, WebhookRequest } from './carrier.js';
import { CARRIERS } from './registry.js';

/** What each carrier's documentation says goes in and out; `fixtures/documented.json` beside its adapter. */
const words = z.record(z.string(), z.string());
const documented = z.object({
  sources: z.array(z.url()).min(1),
  account: z.object({ settings: words, secrets: words }),
  webhooks: z.array(
    z.object({
      name: z.string(),
      method: z.enum(['GET', 'POST', 'OPTIONS']).optional(),
      query: z.string().optional(),
      contentType: z.string().optional(),
      settings: words.optional(),
      headers: words.optional(),
      json: z.unknown().optional(),
      form: words.optional(),
      text: z.string().optional(),
      says: z.array(z.record(z.string(), z.unknown())).optional(),
      refused: z.string().optional(),
    }),
  ),
  sends: z.array(
    z.object({
      name: z.string(),
      text: z.string().optional(),
      to: z.string().optional(),
      media: z.array(z.string()).optional(),
      settings: words.optional(),
      request: z.record(z.string(), z.unknown()),
      headers: words.optional(),
      json: z.unknown().optional(),
      form: words.optional(),
    }),
  ),
  answers: z.array(
    z.object({
      name: z.string(),
      status: z.number(),
      headers: words.optional(),
      json: z.unknown().optional(),
      text: z.string().optional(),
      outcome: z.record(z.string(), z.unknown()),
    }),
  ),
});
type Documented = z.infer<typeof documented>;
type Webhook = Documented['webhooks'][number];

const at = new Date('2026-11-23T18:00:00.000Z');
const accountOf = (
  carrier: Carrier,
  given: Documented,
  settings: Record<string, string> = {},
): OpenAccount => ({
  id: 'acme',
  publicUrl: `https://texts.example.com/hooks/${carrier.id}/acme`,
  settings: { ...given.account.settings, ...settings },
  secrets: given.account.secrets,
});

function requestOf(given: Webhook): WebhookRequest {
  const form = given.form && new URLSearchParams(given.form).toString();
  const body = given.json === undefined ? (form ?? given.text ?? '') : JSON.stringify(given.json);
  const type =
    given.json === undefined && form !== undefined ? 'application/x-www-form-urlencoded' : 'application/json';
  return {
    method: given.method ?? 'POST',
    query: given.query ?? '',
    headers: { 'content-type': given.contentType ?? type, ...given.headers },
    body: Buffer.from(body),
    receivedAt: at,
  };
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const sample: OutboundText = {
  messageId: 'ms_1',
  from: '+12125550101',
  to: '+14155550123',
  text: 'Hi & bye',
  media: [],
  at,
};

const all = CARRIERS.flatMap((carrier) => {
  const file = new URL(`${carrier.id}/fixtures/documented.json`, import.meta.url);
  return existsSync(file)
    ? [[carrier, documented.parse(JSON.parse(readFileSync(file, 'utf8')))] as const]
    : [];
});

describe.each(all.map(([carrier, given]) => [carrier.id, carrier, given] as const))(
  '%s',
  (_id, carrier, given) => {
    const account = accountOf(carrier, given);

    it('finds nothing wrong with the documented account, and something with an empty one', () => {
      expect(carrier.accountProblem(account.settings, Object.keys(account.secrets))).toBeNull();
      expect(carrier.accountProblem({}, [])).toEqual(expect.any(String));
    });

    it.each(given.webhooks.map((one) => [one.name, one] as const))('reads %s', (_name, one) => {
      const parsed = carrier.parse(requestOf(one), accountOf(carrier, given, one.settings));
      expect(plain(parsed)).toMatchObject(
        one.refused === undefined
          ? { ok: true, value: one.says ?? [] }
          : { ok: false, error: expect.stringContaining(one.refused) },
      );
    });

    it.each(given.sends.map((one) => [one.name, one] as const))('sends %s', (_name, one) => {
      const { text = sample.text, to = sample.to, media = [] } = one;
      const request = carrier.buildSend(
        { ...sample, text, to, media },
        accountOf(carrier, given, one.settings),
      );
      expect(request).toMatchObject(one.request);
      expect(request.headers).toMatchObject(one.headers ?? {});
      if (one.json !== undefined) expect(JSON.parse(request.body)).toMatchObject(one.json as object);
      if (one.form) expect(Object.fromEntries(new URLSearchParams(request.body))).toMatchObject(one.form);
    });

    it.each(given.answers.map((one) => [one.name, one] as const))(
      'understands the answer: %s',
      (_name, one) => {
        const body = one.json === undefined ? (one.text ?? '') : JSON.stringify(one.json);
        expect(carrier.parseSend({ status: one.status, headers: one.headers ?? {}, body })).toMatchObject(
          one.outcome,
        );
      },
    );

    it('sends its credentials to no other host', () => {
      for (const url of [
        'https://evil.example/a',
        'http://api.twilio.com/a',
        `https://${carrier.id}.com.evil.example/`,
      ]) {
        expect(carrier.mediaHeaders(new URL(url), account)).toEqual({});
      }
    });

    describe('whatever comes in', () => {
      const bodies = given.webhooks.map((one) => requestOf(one));
      const good = fc.constantFrom(...bodies);
      const verdict = (request: WebhookRequest): void => {
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
          fc.property(
            method,
            fc.string({ unit: 'binary' }),
            headers,
            body,
            (method, query, headers, body) => {
              verdict({ method, query, headers, body, receivedAt: at });
            },
          ),
          { numRuns: 100 },
        );
      });

      it('good payloads with flipped bytes get a verdict', () => {
        const flips = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })), {
          minLength: 1,
          maxLength: 4,
        });
        fc.assert(
          fc.property(good, flips, (request, flips) => {
            const body = Buffer.from(request.body);
            if (body.length > 0)
              for (const [index, flip] of flips)
                body.writeUInt8((body[index % body.length] ?? 0) ^ flip, index % body.length);
            verdict({ ...request, body });
          }),
          { numRuns: 100 },
        );
      });

      it('good payloads whose values are something else get a verdict', () => {
        const strange = fc.oneof(
          fc.jsonValue({ maxDepth: 2 }),
          fc.constantFrom('__proto__', 'constructor', '', ' ', -1, 1e300, null),
        );
        const json = given.webhooks.map((one) => [requestOf(one), one.json ?? one.form ?? {}] as const);
        fc.assert(
          fc.property(fc.constantFrom(...json), fc.nat(), strange, ([request, value], where, strange) => {
            verdict({ ...request, body: Buffer.from(replaced(value, where, strange)) });
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
          verdict({
            method: 'POST',
            query: body.slice(0, 2000),
            headers: { 'content-type': type },
            body: Buffer.from(body),
            receivedAt: at,
          });
        }
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
    });
  },
);

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
