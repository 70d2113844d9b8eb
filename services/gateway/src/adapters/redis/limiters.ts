import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, type RateLimiterAbstract } from 'rate-limiter-flexible';
import { GatewayConfig } from '../../config.js';

export interface Limit {
  /** Keeps the keys of different limits apart. */
  readonly name: string;
  readonly points: number;
  /** Seconds. */
  readonly duration: number;
}

/**
 * Counts in Redis, so that all replicas count together. Without Redis, and while it is away, each replica counts for
 * itself: limits then let through more, and never lock anybody out.
 */
@Injectable()
export class Limiters implements OnApplicationShutdown {
  private readonly log = new Logger('Limits');
  private readonly redis: Redis | undefined;
  private reported = false;

  constructor({ redisUrl }: GatewayConfig) {
    if (redisUrl === undefined) {
      this.log.warn('REDIS_URL is not set: every replica counts requests and sign-ins for itself.');
      return;
    }
    this.redis = new Redis(redisUrl, { enableOfflineQueue: false, maxRetriesPerRequest: 1 });
    this.redis.on('error', (error: Error) => this.reportOnce(error));
    this.redis.on('ready', () => {
      this.reported = false;
    });
  }

  make({ name, points, duration }: Limit): RateLimiterAbstract {
    const memory = new RateLimiterMemory({ keyPrefix: `partyline:${name}`, points, duration });
    if (!this.redis) return memory;
    return new RateLimiterRedis({
      storeClient: this.redis,
      keyPrefix: `partyline:${name}`,
      points,
      duration,
      insuranceLimiter: memory,
      rejectIfRedisNotReady: true,
    });
  }

  onApplicationShutdown(): void {
    this.redis?.disconnect();
  }

  /** Once per outage: the client tries to connect again several times a second. */
  private reportOnce(error: Error): void {
    if (this.reported) return;
    this.reported = true;
    this.log.warn({ err: error }, 'Redis cannot be reached: this replica counts for itself meanwhile');
  }
}
