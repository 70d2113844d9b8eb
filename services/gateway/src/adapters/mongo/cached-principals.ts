import { Injectable } from '@nestjs/common';
import { Clock } from '@partyline/kernel';
import { LRUCache } from 'lru-cache';
import type { Principal } from '../../domain/account.js';
import { Accounts } from '../../application/accounts/accounts.js';
import { Principals } from '../../application/sessions/principals.js';
import { Sessions } from '../../application/sessions/sessions.js';
import type { AccessClaims } from '../../application/sessions/tokens.js';

/**
 * Every request asks whether its session still holds, so the answer is kept for a moment. It is forgotten at once where
 * this process hears of a change, and after this long (milliseconds) where it does not.
 */
const FRESH_MS = 5_000;

@Injectable()
export class CachedPrincipals extends Principals {
  private readonly known = new LRUCache<string, Principal>({ max: 10_000, ttl: FRESH_MS });

  constructor(
    private readonly accounts: Accounts,
    private readonly sessions: Sessions,
    private readonly clock: Clock,
  ) {
    super();
  }

  override async find(claims: AccessClaims): Promise<Principal | null> {
    const key = keyOf(claims.tenantId, claims.sessionId);
    const known = this.known.get(key);
    if (known) return known.userId === claims.userId ? known : null;
    const principal = await this.look(claims);
    if (principal) this.known.set(key, principal);
    return principal;
  }

  override forgetUser(tenantId: string, userId: string): void {
    for (const [key, principal] of this.known.entries()) {
      if (principal.tenantId === tenantId && principal.userId === userId) this.known.delete(key);
    }
  }

  override forgetTenant(tenantId: string): void {
    for (const [key, principal] of this.known.entries()) {
      if (principal.tenantId === tenantId) this.known.delete(key);
    }
  }

  override forgetSession(tenantId: string, sessionId: string): void {
    this.known.delete(keyOf(tenantId, sessionId));
  }

  private async look({ tenantId, userId, sessionId }: AccessClaims): Promise<Principal | null> {
    const [session, found] = await Promise.all([
      this.sessions.find(tenantId, sessionId),
      this.accounts.user(tenantId, userId),
    ]);
    if (!session || session.userId !== userId || session.revokedAt !== null) return null;
    if (this.clock.now().getTime() >= session.expiresAt.getTime()) return null;
    if (!found?.user.active) return null;
    const role = await this.accounts.role(tenantId, found.user.roleId);
    if (!role) return null;
    return { tenantId, userId, name: found.user.name, sessionId, permissions: role.permissions };
  }
}

const keyOf = (tenantId: string, sessionId: string): string => `${tenantId} ${sessionId}`;
