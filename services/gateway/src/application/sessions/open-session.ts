import { Injectable } from '@nestjs/common';
import { Clock, failpoint, newId } from '@partyline/kernel';
import { SESSION_MS } from '../../domain/login-session.js';
import { Sessions } from './sessions.js';
import { AccessTokens, RefreshTokens } from './tokens.js';

/** What a signed-in browser is given. */
export interface Grant {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly tenantId: string;
  readonly userId: string;
  /** When the session ends for good. */
  readonly sessionExpiresAt: Date;
}

/** Begins a session for somebody whose password was right. */
@Injectable()
export class OpenSession {
  constructor(
    private readonly sessions: Sessions,
    private readonly accessTokens: AccessTokens,
    private readonly refreshTokens: RefreshTokens,
    private readonly clock: Clock,
  ) {}

  async execute({ tenantId, userId }: { tenantId: string; userId: string }): Promise<Grant> {
    const now = this.clock.now();
    const sessionId = newId('ls');
    const expiresAt = new Date(now.getTime() + SESSION_MS);
    await this.sessions.create({
      tenantId,
      id: sessionId,
      userId,
      generation: 0,
      rotatedAt: now,
      expiresAt,
      revokedAt: null,
    });
    failpoint('gateway.session-created');
    return {
      accessToken: await this.accessTokens.issue({ tenantId, userId, sessionId }),
      refreshToken: this.refreshTokens.issue({ tenantId, sessionId, generation: 0 }),
      tenantId,
      userId,
      sessionExpiresAt: expiresAt,
    };
  }
}
