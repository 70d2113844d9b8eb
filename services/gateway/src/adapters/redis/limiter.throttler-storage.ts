import { Injectable } from '@nestjs/common';
import type { ThrottlerStorage } from '@nestjs/throttler';
import type { RateLimiterAbstract } from 'rate-limiter-flexible';
import { Limiters } from './limiters.js';

type ThrottlerRecord = Awaited<ReturnType<ThrottlerStorage['increment']>>;

/** Where @nestjs/throttler counts. The Redis storages on npm stop at Nest 11. */
@Injectable()
export class LimiterThrottlerStorage implements ThrottlerStorage {
  private readonly limiter: RateLimiterAbstract;

  constructor(limiters: Limiters) {
    this.limiter = limiters.make({ name: 'requests', points: 1, duration: 60 });
  }

  /** `ttl` is in milliseconds; the times of the answer are in seconds, as the guard wants them. */
  async increment(key: string, ttl: number, limit: number): Promise<ThrottlerRecord> {
    const counted = await this.limiter.penalty(key, 1, { customDuration: Math.ceil(ttl / 1000) });
    const seconds = Math.ceil(counted.msBeforeNext / 1000);
    const isBlocked = counted.consumedPoints > limit;
    return {
      totalHits: counted.consumedPoints,
      timeToExpire: seconds,
      isBlocked,
      timeToBlockExpire: isBlocked ? seconds : 0,
    };
  }
}
