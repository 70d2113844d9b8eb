import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { signPlivoV2, signPlivoV3 } from './plivo.signature.js';

const { nonce, token, vectors } = z
  .object({
    nonce: z.string(),
    token: z.string(),
    vectors: z.array(
      z.discriminatedUnion('version', [
        z.object({ version: z.literal(2), url: z.string(), signature: z.string() }),
        z.object({
          version: z.literal(3),
          url: z.string(),
          signature: z.string(),
          method: z.enum(['GET', 'POST']),
          fields: z.array(z.tuple([z.string(), z.string()])),
        }),
      ]),
    ),
  })
  .parse(JSON.parse(readFileSync(new URL('fixtures/signatures.json', import.meta.url), 'utf8')));
type Vector = (typeof vectors)[number];

const sign = (one: Vector, change: { token?: string; nonce?: string; url?: string } = {}): string => {
  const { token: key = token, nonce: once = nonce, url = one.url } = change;
  return one.version === 2
    ? signPlivoV2(key, url, once)
    : signPlivoV3(key, one.method, url, once, one.fields);
};

// The library itself depends on `request`, which nobody keeps any more, so what it found valid is kept instead of it.
describe("beside Plivo's own library", () => {
  it.each(vectors.map((one) => [`version ${one.version}`, one] as const))('%s: %j', (_version, one) => {
    expect(sign(one)).toBe(one.signature);
    expect(sign(one, { token: `${token}x` })).not.toBe(one.signature);
    expect(sign(one, { nonce: `${nonce}x` })).not.toBe(one.signature);
    expect(sign(one, { url: one.url.replace('://', '://not.') })).not.toBe(one.signature);
  });

  it('the order in which fields and parameters came does not matter', () => {
    const fields: [string, string][] = [
      ['b', '2'],
      ['a', '1'],
      ['b', '1'],
    ];
    const url = (query: string) => `https://texts.example.com/a?${query}`;
    expect(signPlivoV3(token, 'POST', url('y=2&x=1&y=1'), nonce, fields)).toBe(
      signPlivoV3(token, 'POST', url('y=1&y=2&x=1'), nonce, fields.toReversed()),
    );
  });
});
