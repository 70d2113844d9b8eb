import { Injectable, Logger } from '@nestjs/common';
import { Clock, failpoint } from '@partyline/kernel';
import { decideRefresh } from '../../domain/login-session.js';
import { Refused } from '../refused.js';
import type { Grant } from './open-session.js';
import { Principals } from './principals.js';
import { Sessions } from './sessions.js';
import { AccessTokens, RefreshTokens, type RefreshClaims } from './tokens.js';

/** A refresh token for the next one and a new access token. One that comes back after its time ends the whole session. */
@Injectable()
export class RefreshSession {
  private readonly log = new Logger(RefreshSession.name);

  constructor(
    private readonly sessions: Sessions,
    private readonly principals: Principals,
    private readonly accessTokens: AccessTokens,
    private readonly refreshTokens: RefreshTokens,
    private readonly clock: Clock,
  ) {}

  async execute(token: string | undefined): Promise<Grant> {
    const claims = token === undefined ? null : this.refreshTokens.read(token);
    if (!claims) throw signInAgain();
    // Losing the race for a generation once is a second tab; the second look then finds it in the grace.
    return (await this.attempt(claims)) ?? (await this.attempt(claims)) ?? Promise.reject(signInAgain());
  }

  /** undefined: another request changed the session in between. */
  private async attempt(claims: RefreshClaims): Promise<Grant | undefined> {
    const { tenantId, sessionId } = claims;
    const session = await this.sessions.find(tenantId, sessionId);
    if (!session) throw signInAgain();
    const now = this.clock.now();
    const decision = decideRefresh(session, claims.generation, now);
    if (decision.kind === 'refuse') throw signInAgain();
    if (decision.kind === 'reused') {
      await this.sessions.revoke(tenantId, sessionId, 'token-reused', now);
      this.principals.forgetSession(tenantId, sessionId);
      this.log.warn(
        { tenantId, userId: session.userId, sessionId },
        'An old refresh token came back: ended the session.',
      );
      throw signInAgain();
    }
    if (decision.kind === 'rotate') {
      const advanced = await this.sessions.advance(tenantId, sessionId, claims.generation, now);
      if (!advanced) return undefined;
      failpoint('gateway.session-rotated');
    }
    const accessClaims = { tenantId, userId: session.userId, sessionId };
    if ((await this.principals.find(accessClaims)) === null) throw signInAgain();
    const generation = decision.kind === 'rotate' ? claims.generation + 1 : session.generation;
    return {
      accessToken: await this.accessTokens.issue(accessClaims),
      refreshToken: this.refreshTokens.issue({ tenantId, sessionId, generation }),
      tenantId,
      userId: session.userId,
      sessionExpiresAt: session.expiresAt,
    };
  }
}

const signInAgain = (): Refused => new Refused('UNAUTHENTICATED', 'This session has ended. Sign in again.');
