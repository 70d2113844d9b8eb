import { createHmac } from 'node:crypto';
import { fail, ok, type Result } from '@partyline/kernel';
import type { OpenAccount, WebhookRequest } from '../carrier.js';
import { bodyText, calledUrl } from '../payload.js';
import { sameSecret } from '../secure-compare.js';
import { secretsOf, verifyWebhookSecret } from '../webhook-secret.js';

type Fields = Iterable<readonly [name: string, value: string]>;

/** Of messaging: the URL without its query, and the nonce. The body is not covered. */
export function signPlivoV2(authToken: string, url: string, nonce: string): string {
  return hmac(authToken, url.replace(/[?#].*$/s, '') + nonce);
}

/**
 * Of voice, and of whoever is switched over: the URL with its query sorted, the fields of a POST sorted, the nonce.
 * Source: https://docs.plivo.com/docs/messaging/concepts/signature-validation
 */
export function signPlivoV3(
  authToken: string,
  method: 'GET' | 'POST',
  url: string,
  nonce: string,
  fields: Fields = [],
): string {
  const [base = '', ...rest] = url.split('?');
  const inQuery = [...new URLSearchParams(rest.join('?')), ...(method === 'GET' ? fields : [])];
  const query = sorted(inQuery)
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
  const inBody =
    method === 'POST'
      ? sorted(fields)
          .map(([name, value]) => name + value)
          .join('')
      : '';
  const withQuery = query !== '' || inBody !== '' ? `${base}?${query}` : base;
  const separated = query !== '' && inBody !== '' ? `${withQuery}.` : withQuery;
  return hmac(authToken, `${separated}${inBody}.${nonce}`);
}

const hmac = (key: string, text: string): string =>
  createHmac('sha256', key).update(text, 'utf8').digest('base64');

const order = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
const sorted = (fields: Fields): (readonly [string, string])[] =>
  [...fields].sort(([a, x], [b, y]) => order(a, b) || order(x, y));

/** V3 where Plivo sends it, else V2; each may list several signatures, of the account and of its main account. */
export function verifyPlivoWebhook(request: WebhookRequest, account: OpenAccount): Result<null, string> {
  const { headers } = request;
  const v3 = given(headers['x-plivo-signature-v3'], headers['x-plivo-signature-ma-v3']);
  const v2 = given(headers['x-plivo-signature-v2'], headers['x-plivo-signature-ma-v2']);
  const signatures = v3.length > 0 ? v3 : v2;
  if (signatures.length === 0) return fail('the header X-Plivo-Signature-V2 (or -V3) is missing');
  const nonce = headers[v3.length > 0 ? 'x-plivo-signature-v3-nonce' : 'x-plivo-signature-v2-nonce'];
  if (!nonce) return fail('the nonce of the Plivo signature is missing');
  const url = calledUrl(account.publicUrl, request.query);
  const method = request.method === 'GET' ? 'GET' : 'POST';
  const fields = method === 'POST' ? new URLSearchParams(bodyText(request)) : [];
  const fits = secretsOf(account, 'authToken').some((token) => {
    const expected =
      v3.length > 0 ? signPlivoV3(token, method, url, nonce, fields) : signPlivoV2(token, url, nonce);
    return signatures.some((signature) => sameSecret(signature, expected));
  });
  if (!fits) {
    return fail(
      'the Plivo signature does not fit: check the auth token and that publicUrl is the exact URL Plivo calls',
    );
  }
  // V2 leaves the body open to whoever saw one call, so a secret in the URL may be asked for on top.
  return secretsOf(account, 'webhookSecret').length > 0 ? verifyWebhookSecret(request, account) : ok(null);
}

const given = (...headers: (string | undefined)[]): string[] =>
  headers
    .flatMap((header) => (header ?? '').split(','))
    .flatMap((one) => (one.trim() === '' ? [] : [one.trim()]));
