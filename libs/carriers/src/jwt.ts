import { createHmac } from 'node:crypto';
import { parseJson } from './payload.js';
import { sameSecret } from './secure-compare.js';

/** The only algorithms accepted; `none` and public-key ones are not among them. */
const HASHES: Readonly<Record<string, string>> = { HS256: 'sha256', HS384: 'sha384', HS512: 'sha512' };

export type Claims = Readonly<Record<string, unknown>>;

/** The claims of a JWT (RFC 7519) that one of the secrets signed with HMAC; null where none did. */
export function jwtClaims(token: string, secrets: readonly string[]): Claims | null {
  const parts = token.split('.');
  const [head = '', payload = '', signature = ''] = parts;
  if (parts.length !== 3) return null;
  const header = decoded(head);
  const algorithm = typeof header?.['alg'] === 'string' ? header['alg'] : '';
  const hash = Object.hasOwn(HASHES, algorithm) ? HASHES[algorithm] : undefined;
  if (hash === undefined) return null;
  const signed = secrets.some(
    (secret) =>
      secret !== '' &&
      sameSecret(createHmac(hash, secret).update(`${head}.${payload}`).digest('base64url'), signature),
  );
  return signed ? decoded(payload) : null;
}

function decoded(part: string): Claims | null {
  const json = parseJson(Buffer.from(part, 'base64url').toString('utf8'));
  return typeof json === 'object' && json !== null && !Array.isArray(json) ? (json as Claims) : null;
}

/** A claim in seconds since 1970. */
export function secondsClaim(claims: Claims, name: string): number | null {
  const value = claims[name];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
