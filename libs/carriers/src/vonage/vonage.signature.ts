import { createHash, createHmac } from 'node:crypto';
import { fail, ok, type Result } from '@partyline/kernel';
import type { OpenAccount, WebhookRequest } from '../carrier.js';
import { jwtClaims, secondsClaim } from '../jwt.js';
import { sameSecret } from '../secure-compare.js';
import { secretsOf, verifyWebhookSecret } from '../webhook-secret.js';
import { vonageFields } from './vonage.fields.js';

export const SIGNATURE_METHODS = ['md5hash', 'md5', 'sha1', 'sha256', 'sha512'] as const;
export type SignatureMethod = (typeof SIGNATURE_METHODS)[number];

/** Vonage repeats a webhook for 24 hours, with the time of its first try; doubles are told by their message id. */
const WINDOW_SECONDS = 25 * 3600;

/** The `sig` of an SMS API request, in hex. Source: https://developer.vonage.com/concepts/guides/signing-messages */
export function signVonage(
  method: SignatureMethod,
  secret: string,
  fields: Iterable<readonly [name: string, value: string]>,
): string {
  const signed = [...fields]
    .filter(([name]) => name !== 'sig')
    .sort(([a], [b]) => (a < b ? -1 : Number(a > b)))
    .map(([name, value]) => `&${name.replace(/[&=]/g, '_')}=${value.replace(/[&=]/g, '_')}`)
    .join('');
  return method === 'md5hash'
    ? createHash('md5')
        .update(signed + secret)
        .digest('hex')
    : createHmac(method, secret).update(signed).digest('hex');
}

/**
 * SMS API: `sig` over all fields, where signing is switched on. Messages API: a bearer JWT with the hash of the body.
 * Without a signature secret the account's webhook secret stands for it.
 */
export function verifyVonageWebhook(request: WebhookRequest, account: OpenAccount): Result<null, string> {
  const fields = vonageFields(request);
  // Vonage looks whether the URL answers when it is set up; nothing is told by that.
  if (request.method === 'GET' && [...fields.keys()].every((name) => name === 'token')) return ok(null);
  const secrets = secretsOf(account, 'signatureSecret');
  if (secrets.length === 0) return verifyWebhookSecret(request, account);
  const [, token] = /^bearer +(\S+)$/i.exec(request.headers['authorization'] ?? '') ?? [];
  if (token !== undefined) return verifyJwt(token, request, account, secrets);
  const sig = fields.get('sig');
  if (!sig)
    return fail('there is neither a sig nor a JWT: switch on signed webhooks in the Vonage dashboard');
  return verifySig(sig.toLowerCase(), request, fields, account.settings['signatureMethod'], secrets);
}

function verifySig(
  sig: string,
  request: WebhookRequest,
  fields: ReadonlyMap<string, string>,
  chosen: string | undefined,
  secrets: readonly string[],
): Result<null, string> {
  const methods = SIGNATURE_METHODS.filter((method) => !chosen || method === chosen);
  const signed = [...fields].filter(([name]) => name !== 'token' && name !== 'reference');
  const fits = methods.some((method) =>
    secrets.some((secret) =>
      // Some of Vonage's own libraries leave blank values out.
      [signed, fields, signed.filter(([, value]) => value.trim() !== '')].some((covered) =>
        sameSecret(signVonage(method, secret, covered), sig),
      ),
    ),
  );
  if (!fits) return fail('sig does not fit: check the signature secret and method in the Vonage dashboard');
  return isRecent(Number(fields.get('timestamp')), request)
    ? ok(null)
    : fail('timestamp is missing or more than a day off: check the clock here');
}

function verifyJwt(
  token: string,
  request: WebhookRequest,
  account: OpenAccount,
  secrets: readonly string[],
): Result<null, string> {
  const claims = jwtClaims(token, secrets);
  if (!claims) return fail('the JWT does not fit: check the signature secret in the Vonage dashboard');
  if (!isRecent(secondsClaim(claims, 'iat'), request))
    return fail('the JWT is more than a day off: check the clock here');
  const { apiKey } = account.settings;
  if (apiKey && typeof claims['api_key'] === 'string' && claims['api_key'] !== apiKey) {
    return fail('the JWT is for another Vonage account than settings.apiKey');
  }
  if (request.body.length === 0) return ok(null);
  const hash = createHash('sha256').update(request.body).digest('hex');
  return typeof claims['payload_hash'] === 'string' && sameSecret(claims['payload_hash'].toLowerCase(), hash)
    ? ok(null)
    : fail('the JWT does not cover this body');
}

const isRecent = (seconds: number | null, request: WebhookRequest): boolean =>
  seconds !== null && Math.abs(request.receivedAt.getTime() / 1000 - seconds) <= WINDOW_SECONDS;
