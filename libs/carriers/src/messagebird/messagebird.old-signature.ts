import { createHash, createHmac } from 'node:crypto';
import { stringify } from 'node:querystring';
import { fail, ok, type Result } from '@partyline/kernel';
import type { WebhookRequest } from '../carrier.js';
import { sameSecret } from '../secure-compare.js';

const WINDOW_SECONDS = 100;

/**
 * What MessageBird signed with before it had JWTs, and still sends to older accounts: time, sorted query and the hash
 * of the body. `statusDatetime` comes with a `+` that was never escaped.
 */
export function signMessagebirdOld(
  key: string,
  timestamp: string,
  query: string,
  body: Uint8Array,
): string[] {
  const sorted = new Map<string, string[]>();
  for (const [name, value] of [...new URLSearchParams(query)].sort(([a], [b]) =>
    a < b ? -1 : Number(a > b),
  )) {
    const meant = name === 'statusDatetime' ? value.replaceAll(' ', '+') : value;
    sorted.set(name, [...(sorted.get(name) ?? []), meant]);
  }
  const form = stringify(Object.fromEntries(sorted));
  const hash = createHash('sha256').update(body).digest();
  return [form, form.replaceAll('%20', '+')].map((one) =>
    createHmac('sha256', key).update(`${timestamp}\n${one}\n`).update(hash).digest('base64'),
  );
}

export function verifyMessagebirdOld(
  request: WebhookRequest,
  signature: string,
  keys: readonly string[],
): Result<null, string> {
  const timestamp = request.headers['messagebird-request-timestamp'] ?? '';
  if (!/^\d{1,12}$/.test(timestamp)) return fail('messagebird-request-timestamp is missing');
  const fits = keys.some((key) =>
    signMessagebirdOld(key, timestamp, request.query, request.body).some((one) => sameSecret(one, signature)),
  );
  if (!fits)
    return fail('messagebird-signature does not fit: check the signing key in the MessageBird dashboard');
  return Math.abs(request.receivedAt.getTime() / 1000 - Number(timestamp)) <= WINDOW_SECONDS
    ? ok(null)
    : fail('messagebird-request-timestamp is more than 100 seconds off: check the clock here');
}
