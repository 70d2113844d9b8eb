import { createHmac } from 'node:crypto';
import { fail, ok, type Result } from '@partyline/kernel';
import { sameSecret } from '../secure-compare.js';

/** How far the sender's clock and ours may differ, in milliseconds, either way. */
const TOLERANCE_MS = 5 * 60_000;

export interface SignedHeaders extends Record<string, string> {
  'webhook-id': string;
  'webhook-timestamp': string;
  'webhook-signature': string;
}

/**
 * Headers of Standard Webhooks: HMAC-SHA256 over `{id}.{unix seconds}.{raw body}`, one `v1,<base64>` per secret.
 * `id` stays the same when an event is sent again; `at` is the time of this attempt. A secret `whsec_<base64>` is
 * decoded, any other is taken as it is.
 * Source: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function signStandardWebhook(input: {
  readonly id: string;
  readonly at: Date;
  readonly body: string | Uint8Array;
  readonly secrets: readonly string[];
}): SignedHeaders {
  const timestamp = String(Math.floor(input.at.getTime() / 1000));
  const signatures = input.secrets.map((secret) => `v1,${hmac(secret, input.id, timestamp, input.body)}`);
  return {
    'webhook-id': input.id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures.join(' '),
  };
}

/** Any one of the secrets will do: there are two while one replaces the other. */
export function verifyStandardWebhook(input: {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string | Uint8Array;
  readonly secrets: readonly string[];
  readonly now: Date;
}): Result<null, string> {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': header } = input.headers;
  if (!id || !timestamp || !header) {
    return fail('one of the headers webhook-id, webhook-timestamp and webhook-signature is missing');
  }
  if (!/^\d{1,12}$/.test(timestamp)) return fail('webhook-timestamp is not a number of seconds');
  if (Math.abs(input.now.getTime() - Number(timestamp) * 1000) > TOLERANCE_MS) {
    return fail(
      'webhook-timestamp is more than 5 minutes away from our clock: it is a replay, or a clock is wrong',
    );
  }
  const given = header
    .split(' ', 10)
    .filter((part) => part.startsWith('v1,'))
    .map((part) => part.slice(3));
  let found = false;
  for (const secret of input.secrets) {
    if (secret === '') continue;
    const expected = hmac(secret, id, timestamp, input.body);
    for (const signature of given) if (sameSecret(signature, expected)) found = true;
  }
  return found ? ok(null) : fail('webhook-signature does not fit: check the signing secret');
}

function hmac(secret: string, id: string, timestamp: string, body: string | Uint8Array): string {
  const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : secret;
  return createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64');
}
