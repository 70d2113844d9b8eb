import type { Permission } from '@partyline/contracts';

/** What a machine signs in with. To the other services it is a user of its own, so they enforce its scopes as a role's. */
export interface ApiKey {
  readonly tenantId: string;
  /** Also the id of the user that the machine acts as. */
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly Permission[];
  /** SHA-256 of the secret, base64url. The secret has 256 random bits, so there is nothing for a slow hash to slow. */
  readonly hash: string;
  readonly createdBy: { readonly id: string; readonly name: string };
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
  /** To the minute. */
  readonly lastUsedAt: Date | null;
}

export const isGood = (key: Pick<ApiKey, 'expiresAt' | 'revokedAt'>, now: Date): boolean =>
  key.revokedAt === null && (key.expiresAt === null || now.getTime() < key.expiresAt.getTime());

const FORM = /^plk_([A-Za-z0-9_-]{1,64})\.([A-Za-z0-9_-]{1,64})\.([A-Za-z0-9_-]{43})$/;

/** What people see of a key for ever: enough to tell it from others, useless to sign in with. */
export const prefixOf = (key: Pick<ApiKey, 'tenantId' | 'id'>): string => `plk_${key.tenantId}.${key.id}`;

/** `plk_<tenant>.<key>.<secret>`: said once, when it is made. */
export const writeKey = (key: Pick<ApiKey, 'tenantId' | 'id'>, secret: string): string =>
  `${prefixOf(key)}.${secret}`;

/** null for whatever was never one of our keys. */
export function readKey(text: string): { tenantId: string; id: string; secret: string } | null {
  const match = FORM.exec(text);
  if (!match) return null;
  const [, tenantId = '', id = '', secret = ''] = match;
  return { tenantId, id, secret };
}

/** Long enough for whoever got no answer to ask again. */
const TOLD_AGAIN_MS = 3_600_000;

/** Whether a new secret may take the place of the one that was told when the key was made: nobody has that, it seems. */
export const canTellAgain = (
  { createdAt, lastUsedAt, ...key }: Pick<ApiKey, 'createdAt' | 'lastUsedAt' | 'expiresAt' | 'revokedAt'>,
  now: Date,
): boolean => isGood(key, now) && lastUsedAt === null && now.getTime() - createdAt.getTime() < TOLD_AGAIN_MS;
