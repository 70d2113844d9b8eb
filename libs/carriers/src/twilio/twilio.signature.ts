import { createHash, createHmac } from 'node:crypto';
import { parse as parseQuery, stringify as stringifyQuery } from 'node:querystring';
import { sameSecret } from '../secure-compare.js';

/** Form fields in the order sent; a name may repeat. */
export type FormFields = Iterable<readonly [name: string, value: string]>;

export interface TwilioSigned {
  /** The full URL that Twilio called, with its query string. */
  readonly url: string;
  /** The fields of a form-encoded POST; none for GET and for other bodies. */
  readonly fields: FormFields;
  /** The raw body where it is not a form; it must be covered by the URL's `bodySHA256`. */
  readonly body?: Uint8Array;
}

/**
 * The `X-Twilio-Signature` of a request: base64 HMAC-SHA1, keyed with the auth token, over the full URL followed by
 * every form field's name and value, sorted by name; repeated values once each, sorted.
 * Source: https://www.twilio.com/docs/usage/webhooks/webhooks-security
 */
export function signTwilioRequest(authToken: string, url: string, fields: FormFields = []): string {
  return hmac(authToken, url + joined(fields));
}

/**
 * Whether `signature` is Twilio's. Twilio signs some URLs with the standard port and some without, and quotes in
 * queries raw or encoded, so each of these spellings of the same URL is tried, as Twilio's own library does.
 */
export function isTwilioSignature(authToken: string, signature: string, signed: TwilioSigned): boolean {
  if (authToken === '' || signature === '') return false;
  const covered = /[?&]bodySHA256=([^&#]*)/.exec(signed.url)?.[1];
  let tail = '';
  if (covered !== undefined) {
    const actual = createHash('sha256')
      .update(signed.body ?? '')
      .digest('hex');
    if (!sameSecret(actual, covered.toLowerCase())) return false;
  } else if (signed.body !== undefined && signed.body.length > 0) {
    return false;
  } else {
    tail = joined(signed.fields);
  }
  return [...spellings(signed.url)].some((url) => sameSecret(hmac(authToken, url + tail), signature));
}

function hmac(authToken: string, text: string): string {
  return createHmac('sha1', authToken).update(text, 'utf8').digest('base64');
}

function joined(fields: FormFields): string {
  const values = new Map<string, Set<string>>();
  for (const [name, value] of fields) values.set(name, (values.get(name) ?? new Set()).add(value));
  const names = [...values.keys()].sort();
  return names
    .map((name) =>
      [...(values.get(name) ?? [])]
        .sort()
        .map((value) => name + value)
        .join(''),
    )
    .join('');
}

const URL_PARTS = /^(https?):\/\/([^/?#]*@)?(\[[^\]]*\]|[^/?#:]*)(:\d+)?([^?#]*)(?:\?([^#]*))?/i;

/** As seen, and with everything encoded that a URL may not hold as it is. */
function spellings(url: string): Set<string> {
  const encoded = URL.canParse(url) ? new URL(url).href : url;
  return new Set([...spellingsOf(url), ...(encoded === url ? [] : spellingsOf(encoded))]);
}

function spellingsOf(url: string): Set<string> {
  const parts = URL_PARTS.exec(url);
  if (!parts) return new Set([url]);
  const [, scheme = '', user = '', host = '', port = '', path = '', query] = parts;
  const standardPort = scheme.toLowerCase() === 'https' ? ':443' : ':80';
  const found = new Set<string>();
  for (const withPort of new Set([port, '', standardPort])) {
    for (const withPath of new Set([path, path || '/'])) {
      const base = `${scheme}://${user}${host}${withPort}${withPath}`;
      if (query === undefined) found.add(base);
      else for (const spelled of querySpellings(query)) found.add(`${base}?${spelled}`);
    }
  }
  return found;
}

function querySpellings(query: string): Set<string> {
  return new Set([
    query,
    query.replaceAll('%27', "'"),
    query.replaceAll("'", '%27'),
    stringifyQuery(parseQuery(query)),
  ]);
}
