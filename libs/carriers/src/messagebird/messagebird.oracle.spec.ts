import { createHash, createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { messagebird } from './messagebird.carrier.js';
import { messagebirdJwtProblem } from './messagebird.signature.js';

const sdk = createRequire(import.meta.url)('messagebird/lib/webhook-signature-jwt.js') as {
  verify(url: string, body: Buffer, token: string, key: KeyObject): Promise<true>;
};
const old = createRequire(import.meta.url)('messagebird/lib/signature.js') as {
  generate(request: { headers: object; query: object; body: Buffer | undefined }, key: string): Buffer;
};
const sha256 = (of: string | Buffer): string => createHash('sha256').update(of).digest('hex');
const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const algorithm = fc.constantFrom('HS256', 'HS384', 'HS512', 'none', 'HS1', 'RS256');

function tokenOf(claims: object, alg: string, secret: string): string {
  const signed = `${part({ alg, typ: 'JWT' })}.${part(claims)}`;
  const hash = /^HS(256|384|512)$/.exec(alg)?.[1] ?? '256';
  const signature = alg === 'none' ? '' : createHmac(`sha${hash}`, secret).update(signed).digest('base64url');
  return `${signed}.${signature}`;
}

describe("beside MessageBird's own library", () => {
  it('the same tokens fit', async () => {
    const url = fc
      .tuple(
        fc.constantFrom('', ':8443'),
        fc.constantFrom('', '/', '/a b', '/ü?q=it%27s', '?b=2&a=1', '?a=1&b=2'),
      )
      .map(([port, tail]) => `https://texts.example.com${port}${tail}`);
    const body = fc.oneof(fc.constant(''), fc.string({ unit: 'grapheme', maxLength: 30 }), fc.json());
    const change = fc.constantFrom(
      'nothing',
      'secret',
      'url',
      'body',
      'no hash',
      'issuer',
      'early',
      'late',
      'hash of nothing',
      'garbage',
    );
    await fc.assert(
      fc.asyncProperty(url, body, algorithm, change, async (url, body, alg, change) => {
        const now = Math.floor(Date.now() / 1000);
        const start = now + (change === 'early' ? 100 : change === 'late' ? -200 : 0);
        const claims = {
          iss: change === 'issuer' ? 'Bird' : 'MessageBird',
          jti: 'token-1',
          iat: start,
          nbf: start,
          exp: start + 60,
          url_hash: sha256(change === 'url' ? `${url}x` : url),
          ...((body === '' && change !== 'hash of nothing') || change === 'no hash'
            ? {}
            : { payload_hash: sha256(change === 'body' ? `${body}x` : body) }),
        };
        const good = tokenOf(claims, alg, change === 'secret' ? 'another secret' : 'the secret');
        const token = change === 'garbage' ? good.replace('.', '') : good;
        const bytes = Buffer.from(body);
        const key = createSecretKey(Buffer.from('the secret'));
        const theirs = await sdk.verify(url, bytes, token, key).then(
          () => true,
          () => false,
        );
        const ours = messagebirdJwtProblem(token, url, bytes, new Date(now * 1000), ['the secret']);
        expect([ours === null, ours]).toEqual([theirs, theirs ? null : expect.any(String)]);
      }),
      { numRuns: 200 },
    );
  });

  it('the same signatures from before there were tokens fit', () => {
    const pair = fc.constantFrom(
      'id=m1',
      'status=sent',
      'reference=ms_1',
      'statusReason=a%20b',
      'x=%C3%BC',
      'statusDatetime=2026-11-23T18:00:00+00:00',
      'e=',
    );
    const query = fc.uniqueArray(pair, { maxLength: 6 }).map((pairs) => pairs.join('&'));
    const body = fc.oneof(fc.constant(''), fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }));
    const change = fc.constantFrom('nothing', 'key', 'query', 'body', 'late');
    fc.assert(
      fc.property(query, body, change, (query, body, change) => {
        const now = new Date('2026-11-23T18:00:00.000Z');
        const timestamp = String(now.getTime() / 1000 - (change === 'late' ? 101 : 50));
        const headers = { 'messagebird-request-timestamp': timestamp };
        const asked = {
          headers,
          query: Object.fromEntries(new URLSearchParams(query)),
          body: body === '' ? undefined : Buffer.from(body),
        };
        const signature = old.generate(asked, change === 'key' ? 'another' : 'the key').toString('base64');
        const request = {
          method: 'POST' as const,
          query: change === 'query' ? `${query}&added=1` : query,
          headers: { ...headers, 'messagebird-signature': signature },
          body: Buffer.from(change === 'body' ? `${body}x` : body),
          receivedAt: now,
        };
        const account = {
          id: 'acme',
          publicUrl: 'https://texts.example.com/',
          settings: {},
          secrets: { signingKey: 'the key' },
        };
        expect(messagebird.verify(request, account).ok).toBe(change === 'nothing');
      }),
    );
  });
});
