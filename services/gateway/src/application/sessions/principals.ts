import type { Principal } from '../../domain/account.js';
import type { AccessClaims } from './tokens.js';

/** Who a session belongs to and what they may do, at most a few seconds old. */
export abstract class Principals {
  /** null: the session has ended, or the user is not active. */
  abstract find(claims: AccessClaims): Promise<Principal | null>;
  /** Something about the user changed. */
  abstract forgetUser(tenantId: string, userId: string): void;
  /** A role of the tenant changed, and with it whoever has it. */
  abstract forgetTenant(tenantId: string): void;
  abstract forgetSession(tenantId: string, sessionId: string): void;
}
