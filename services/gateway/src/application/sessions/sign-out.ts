import { Injectable } from '@nestjs/common';
import { Clock, failpoint } from '@partyline/kernel';
import { Principals } from './principals.js';
import { Sessions } from './sessions.js';
import { RefreshTokens } from './tokens.js';

/** Ends the session that a refresh token belongs to. Whatever is not one of our tokens has nothing to end. */
@Injectable()
export class SignOut {
  constructor(
    private readonly sessions: Sessions,
    private readonly principals: Principals,
    private readonly refreshTokens: RefreshTokens,
    private readonly clock: Clock,
  ) {}

  async execute(token: string | undefined): Promise<void> {
    const claims = token === undefined ? null : this.refreshTokens.read(token);
    if (!claims) return;
    const { tenantId, sessionId } = claims;
    await this.sessions.revoke(tenantId, sessionId, 'signed-out', this.clock.now());
    failpoint('gateway.session-revoked');
    this.principals.forgetSession(tenantId, sessionId);
  }
}
