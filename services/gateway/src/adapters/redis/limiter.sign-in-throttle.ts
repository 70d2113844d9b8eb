import { Injectable } from '@nestjs/common';
import { derivedId } from '@partyline/kernel';
import { RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';
import { SignInThrottle, type SignInAttempt } from '../../application/sessions/sign-in-throttle.js';
import { Refused } from '../../application/refused.js';
import { Limiters } from './limiters.js';

/** Seconds. */
const WINDOW = 900;
/** Wrong passwords per window: of one browser that the account knows, or of all that it does not know together. */
const PER_ACCOUNT = 10;
/** Of one address, over all accounts: an office behind it may forget a few. */
const PER_ADDRESS = 100;

@Injectable()
export class LimiterSignInThrottle extends SignInThrottle {
  private readonly byAccount: RateLimiterAbstract;
  private readonly byAddress: RateLimiterAbstract;

  constructor(limiters: Limiters) {
    super();
    this.byAccount = limiters.make({ name: 'sign-in', points: PER_ACCOUNT, duration: WINDOW });
    this.byAddress = limiters.make({ name: 'sign-in-address', points: PER_ADDRESS, duration: WINDOW });
  }

  override async begin(attempt: SignInAttempt): Promise<void> {
    await this.count(this.byAddress, attempt.ip);
    await this.count(this.byAccount, accountKey(attempt));
  }

  override async succeeded(attempt: SignInAttempt): Promise<void> {
    await Promise.all([this.byAddress.reward(attempt.ip, 1), this.byAccount.reward(accountKey(attempt), 1)]);
  }

  private async count(limiter: RateLimiterAbstract, key: string): Promise<void> {
    try {
      await limiter.consume(key, 1);
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      const retryAfter = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
      throw new Refused(
        'RATE_LIMITED',
        'Too many wrong passwords. Wait some minutes, or use a browser in which you signed in before.',
        { retryAfter },
      );
    }
  }
}

/** Emails are not written to Redis. */
const accountKey = ({ email, deviceId }: SignInAttempt): string =>
  derivedId('at', email, deviceId ?? 'unknown browser');
