import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '@partyline/kernel';
import { LRUCache } from 'lru-cache';
import { isMachine, KEY_SESSION, type Principal } from '../../domain/account.js';
import { isGood } from '../../domain/api-key.js';
import { ApiKeys, KeySecrets } from '../../application/api-keys/api-keys.js';
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
  private readonly log = new Logger('ApiKeys');
  private readonly known = new LRUCache<string, Principal>({ max: 10_000, ttl: FRESH_MS });

  constructor(
    private readonly accounts: Accounts,
    private readonly sessions: Sessions,
    private readonly keys: ApiKeys,
    private readonly secrets: KeySecrets,
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

  private async lookForKey({ tenantId, userId, sessionId }: AccessClaims): Promise<Principal | null> {
    const key = await this.keys.find(tenantId, userId);
    const now = this.clock.now();
    if (!key || !isGood(key, now)) return null;
    if (!this.secrets.same(key.hash, sessionId.slice(KEY_SESSION.length))) return null;
    // Nobody waits for it, and a use that is not told of is told of by the next one.
    void this.keys.touch(tenantId, userId, now).catch((error: unknown) => {
      this.log.warn({ err: error, keyId: userId }, 'The last use of an API key could not be written');
    });
    return { tenantId, userId, name: key.name, sessionId, permissions: key.scopes };
  }

  private async look(claims: AccessClaims): Promise<Principal | null> {
    if (isMachine(claims)) return await this.lookForKey(claims);
    const { tenantId, userId, sessionId } = claims;
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
