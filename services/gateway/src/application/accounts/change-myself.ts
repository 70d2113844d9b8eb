import { Injectable } from '@nestjs/common';
import { Clock } from '@partyline/kernel';
import type { Principal } from '../../domain/account.js';
import type { PresenceChoice } from '../../domain/presence-choice.js';
import { Refused } from '../refused.js';
import { PasswordHasher } from '../sessions/password-hasher.js';
import { Principals } from '../sessions/principals.js';
import { SignInThrottle } from '../sessions/sign-in-throttle.js';
import { Accounts } from './accounts.js';
import { choosePresence } from './choose-presence.js';

/** What everybody may change about themselves. */
@Injectable()
export class ChangeMyself {
  constructor(
    private readonly accounts: Accounts,
    private readonly principals: Principals,
    private readonly hasher: PasswordHasher,
    private readonly throttle: SignInThrottle,
    private readonly clock: Clock,
  ) {}

  async availability(me: Principal, choice: PresenceChoice): Promise<void> {
    const fields = choosePresence(choice, this.clock.now());
    await this.accounts.change(me.tenantId, (change) => change.updateUser(me.userId, fields));
  }

  /**
   * Ends all other sessions: whoever knew the old password is out. Wrong ones are counted like those of a sign-in, by
   * `ip` and by account, so that a stolen session cannot try them all; the owner's own browsers still sign in.
   */
  async password(me: Principal, current: string, next: string, ip: string): Promise<void> {
    const found = await this.accounts.user(me.tenantId, me.userId);
    const attempt = found && { email: found.user.email, ip, deviceId: `password of ${me.userId}` };
    if (attempt) await this.throttle.begin(attempt);
    if (!found || !(await this.hasher.verify(found.passwordHash, current))) {
      throw new Refused('VALIDATION', 'The current password is not right.', {
        issues: [{ path: 'current', message: 'not right' }],
      });
    }
    if (attempt) await this.throttle.succeeded(attempt);
    const passwordHash = await this.hasher.hash(next);
    await this.accounts.change(me.tenantId, async (change) => {
      await change.updateUser(me.userId, { passwordHash });
      await change.endSessions(me.userId, 'password-changed', this.clock.now(), me.sessionId);
    });
    this.principals.forgetUser(me.tenantId, me.userId);
  }
}
