import type { LoginSession } from '../../domain/login-session.js';

export type RevokeReason = 'signed-out' | 'token-reused' | 'user-disabled' | 'password-changed';

/** Who is signed in where. */
export abstract class Sessions {
  abstract create(session: LoginSession): Promise<void>;
  abstract find(tenantId: string, sessionId: string): Promise<LoginSession | null>;
  /** From this generation to the next; false where another request did so first, or the session was revoked. */
  abstract advance(tenantId: string, sessionId: string, from: number, now: Date): Promise<boolean>;
  abstract revoke(tenantId: string, sessionId: string, reason: RevokeReason, now: Date): Promise<void>;
}
