import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import sdk from 'twilio/lib/webhooks/webhooks.js';
import { isTwilioSignature, signTwilioRequest } from './twilio.signature.js';

/** URLs as Twilio's customers write them: odd ports, credentials, quotes, repeated and encoded parameters. */
const url = fc
  .tuple(
    fc.constantFrom('https', 'http'),
    fc.constantFrom('', 'me@', 'me:pass@'),
    fc.constantFrom('texts.example.com', 'Texts.Example.com', '192.0.2.1', '[2001:db8::1]'),
    fc.constantFrom('', ':443', ':80', ':8443', ':3000'),
    fc.constantFrom('/', '/a', '/a/b.php', '/a%20b', '/it%27s', "/it's", '/caf%C3%A9', '/ä'),
    fc.array(
      fc.constantFrom(
        'a=1',
        'a=2',
        'b=',
        'c',
        "q=it's",
        'q=it%27s',
        'q=%22x%22',
        'u=%C3%BC',
        'u=ü',
        'p=1+2',
        'e=a%3Db',
      ),
      { maxLength: 4 },
    ),
  )
  .map(([scheme, user, host, port, path, query]) => {
    const tail = query.length === 0 ? '' : `?${query.join('&')}`;
    return `${scheme}://${user}${host}${port}${path}${tail}`;
  });
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.constantFrom('', ' a ', "it's", '+1', 'a=b&c'),
);
const fields = fc.array(fc.tuple(fc.oneof(text, fc.constantFrom('Body', 'From', 'MediaUrl0')), text), {
  maxLength: 8,
});
const token = fc.string({ minLength: 1, maxLength: 40 });

function grouped(all: readonly (readonly [string, string])[]): Record<string, string | string[]> {
  const found = new Map<string, string[]>();
  for (const [name, value] of all) found.set(name, [...(found.get(name) ?? []), value]);
  return Object.fromEntries(
    [...found].map(([name, values]) => [name, values.length === 1 ? (values[0] ?? '') : values]),
  );
}

describe("beside Twilio's own library", () => {
  it('a signature is the same', () => {
    fc.assert(
      fc.property(token, url, fields, (token, url, fields) => {
        const params = grouped(fields);
        expect(signTwilioRequest(token, url, fields)).toBe(
          sdk.getExpectedTwilioSignature(token, url, params),
        );
      }),
    );
  });

  it('the same requests fit, however the URL that was signed is spelled', () => {
    const respelled = fc.constantFrom<(url: string) => string>(
      (one) => one,
      (one) => one.replace(/(:\/\/[^/]*?):\d+(?=\/)/, '$1'),
      (one) =>
        one.replace(
          /^(https?):\/\/([^/]*[^/\d]|[^/]*\])\//,
          (_all, scheme, host) => `${scheme}://${host}:${scheme === 'https' ? 443 : 80}/`,
        ),
      (one) => one.replaceAll('%27', "'"),
      (one) => one.replaceAll("'", '%27'),
      (one) => new URL(one).href,
    );
    fc.assert(
      fc.property(token, url, fields, respelled, (token, seen, fields, respell) => {
        const params = grouped(fields);
        const signature = sdk.getExpectedTwilioSignature(token, respell(seen), params);
        // Ours takes all that theirs takes, and spellings of quotes that theirs only takes one way.
        if (sdk.validateRequest(token, signature, seen, params)) {
          expect(isTwilioSignature(token, signature, { url: seen, fields })).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('the same requests do not fit', () => {
    const change = fc.constantFrom('token', 'signature', 'field', 'url', 'nothing');
    fc.assert(
      fc.property(token, url, fields, change, (token, url, fields, change) => {
        const params = grouped(fields);
        const good = sdk.getExpectedTwilioSignature(change === 'token' ? `${token}x` : token, url, params);
        const signature = change === 'signature' ? good.slice(0, -2) : good;
        const seen = change === 'url' ? `${url}${url.includes('?') ? '&' : '?'}added=1` : url;
        const got: [string, string][] = change === 'field' ? [...fields, ['Added', '1']] : fields;
        const theirs = sdk.validateRequest(token, signature, seen, grouped(got));
        expect(isTwilioSignature(token, signature, { url: seen, fields: got })).toBe(theirs);
        expect(theirs).toBe(change === 'nothing');
      }),
    );
  });

  it('a body that is no form is covered by bodySHA256 in the same way', () => {
    const body = fc.oneof(fc.json(), text);
    fc.assert(
      fc.property(token, url, body, body, (token, url, body, other) => {
        const covered = `${url}${url.includes('?') ? '&' : '?'}bodySHA256=${sdk.getExpectedBodyHash(body)}`;
        const signature = sdk.getExpectedTwilioSignature(token, covered, {});
        for (const seen of [body, other]) {
          const theirs = sdk.validateRequestWithBody(token, signature, covered, seen);
          expect(
            isTwilioSignature(token, signature, { url: covered, fields: [], body: Buffer.from(seen) }),
          ).toBe(theirs);
        }
      }),
    );
  });
});
