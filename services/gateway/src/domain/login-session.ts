/** One sign-in in one browser. Its refresh tokens form a family: generation 0, 1, 2, … of which only the newest is good. */
export interface LoginSession {
  readonly tenantId: string;
  readonly id: string;
  readonly userId: string;
  /** The newest refresh token's generation. */
  readonly generation: number;
  /** When that generation was handed out. */
  readonly rotatedAt: Date;
  /** Absolute: refreshing does not move it. */
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
}

/** A sign-in ends after 30 days, however busy it was. */
export const SESSION_MS = 30 * 24 * 3_600_000;

/**
 * For how long the token before the newest is still answered, with the newest one again. Two tabs that wake up together
 * send the same token, and an answer can get lost on a phone's network: neither is theft. A thief gains nothing by it:
 * what he gets is the token that the owner holds too, and whichever of the two uses it second after the grace ends both.
 */
export const GRACE_MS = 30_000;

export type RefreshDecision =
  /** Hand out generation + 1, if nobody else does so first. */
  | { readonly kind: 'rotate' }
  /** Hand out the newest generation again. */
  | { readonly kind: 'repeat' }
  /** An old token came back: somebody holds a copy. Revoke the family. */
  | { readonly kind: 'reused' }
  | { readonly kind: 'refuse'; readonly reason: 'expired' | 'revoked' | 'unknown-generation' };

export function decideRefresh(session: LoginSession, presented: number, now: Date): RefreshDecision {
  if (session.revokedAt !== null) return { kind: 'refuse', reason: 'revoked' };
  if (now.getTime() >= session.expiresAt.getTime()) return { kind: 'refuse', reason: 'expired' };
  if (presented === session.generation) return { kind: 'rotate' };
  // Only a database that was set back can know less than a token that we signed.
  if (presented > session.generation) return { kind: 'refuse', reason: 'unknown-generation' };
  const sinceRotation = now.getTime() - session.rotatedAt.getTime();
  if (presented === session.generation - 1 && sinceRotation <= GRACE_MS) return { kind: 'repeat' };
  return { kind: 'reused' };
}
