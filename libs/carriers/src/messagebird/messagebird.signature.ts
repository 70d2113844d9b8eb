import { createHash } from 'node:crypto';
import { fail, ok, type Result } from '@partyline/kernel';
import type { OpenAccount, WebhookRequest } from '../carrier.js';
import { jwtClaims, secondsClaim } from '../jwt.js';
import { calledUrl } from '../payload.js';
import { sameSecret } from '../secure-compare.js';
import { secretsOf, verifyWebhookSecret } from '../webhook-secret.js';
import { verifyMessagebirdOld } from './messagebird.old-signature.js';

const SKEW_SECONDS = 5;
/** Of a token that does not say when it expires. */
const LIFETIME_SECONDS = 300;
const sha256 = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/**
 * The reason why a `MessageBird-Signature-JWT` does not stand for a request; null: it does. It covers the full URL and
 * the body. Source: https://developers.messagebird.com/api/#verifying-http-requests
 */
export function messagebirdJwtProblem(
  token: string,
  url: string,
  body: Uint8Array,
  now: Date,
  secrets: readonly string[],
): string | null {
  const claims = jwtClaims(token, secrets);
  if (!claims) return 'the JWT does not fit: check the signing key in the MessageBird dashboard';
  if (claims['iss'] !== 'MessageBird') return 'the JWT is not from MessageBird';
  const seconds = now.getTime() / 1000;
  const from = secondsClaim(claims, 'nbf') ?? secondsClaim(claims, 'iat');
  const until = secondsClaim(claims, 'exp') ?? (from === null ? null : from + LIFETIME_SECONDS);
  if (until === null) return 'the JWT does not say when it is valid';
  if (from !== null && seconds < from - SKEW_SECONDS) return 'the JWT is not valid yet: check the clock here';
  if (seconds > until + SKEW_SECONDS) return 'the JWT has expired: check the clock here';
  if (!covers(claims['url_hash'], url))
    return 'the JWT is for another URL: publicUrl must be the exact URL that is called';
  const hash = claims['payload_hash'];
  if (body.length === 0 && hash === undefined) return null;
  return covers(hash, body) ? null : 'the JWT is for another body';
}

const covers = (claim: unknown, bytes: string | Uint8Array): boolean =>
  typeof claim === 'string' && sameSecret(claim.toLowerCase(), sha256(bytes));

/** Inbound texts are signed; status reports may not be, and then show the webhook secret of the URL we asked them to. */
export function verifyMessagebirdWebhook(
  request: WebhookRequest,
  account: OpenAccount,
): Result<null, string> {
  const token = request.headers['messagebird-signature-jwt'];
  const secrets = secretsOf(account, 'signingKey');
  const old = request.headers['messagebird-signature'];
  if (!token && old && secrets.length > 0) return verifyMessagebirdOld(request, old, secrets);
  if (!token || secrets.length === 0) {
    const shown = verifyWebhookSecret(request, account);
    return shown.ok
      ? shown
      : fail(`MessageBird-Signature-JWT is missing or no signingKey is set; ${shown.error}`);
  }
  const url = calledUrl(account.publicUrl, request.query);
  const problem = messagebirdJwtProblem(token, url, request.body, request.receivedAt, secrets);
  return problem === null ? ok(null) : fail(problem);
}
