import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Gauge, Registry } from '@partyline/observability';
import { Redis } from 'ioredis';

const COMMAND_TIMEOUT_MS = 5000;
const LONGEST_PAUSE_MS = 5000;

const retryStrategy = (times: number): number => Math.min(times * 200, LONGEST_PAUSE_MS);

/** Where Redis is, as the service needs it for its queues. */
export abstract class RedisSettings {
  abstract readonly url: string;
  /** Before every key of this installation. */
  abstract readonly prefix: string;
}

/**
 * The two connections of the queues. Adding a job has to fail at once while Redis is away (the sweep adds it later);
 * a worker has to wait for it. Redis away is no reason to take no work: it is told by a log line and the gauge.
 */
@Injectable()
export class RedisConnections implements OnApplicationShutdown {
  readonly commands: Redis;
  readonly waiting: Redis;
  readonly prefix: string;
  private readonly logger = new Logger(RedisConnections.name);
  private readonly up: Gauge;

  constructor(settings: RedisSettings, registry: Registry) {
    this.prefix = settings.prefix;
    this.up = new Gauge({
      name: 'partyline_notify_redis_up',
      help: '1 while the queues of alerts and pushes can be used; without them pushes are tried once and alerts wait for the sweep',
      registers: [registry],
    });
    this.commands = new Redis(settings.url, {
      retryStrategy,
      maxRetriesPerRequest: 0,
      enableOfflineQueue: false,
      commandTimeout: COMMAND_TIMEOUT_MS,
    });
    this.waiting = new Redis(settings.url, { retryStrategy, maxRetriesPerRequest: null });
    this.tell();
  }

  get usable(): boolean {
    return this.commands.status === 'ready';
  }

  onApplicationShutdown(): void {
    this.commands.disconnect();
    this.waiting.disconnect();
  }

  private tell(): void {
    let down = false;
    this.commands.on('ready', () => {
      if (down) this.logger.log('Redis is back: the queues of alerts and pushes work again.');
      down = false;
      this.up.set(1);
    });
    this.commands.on('error', (error) => {
      if (!down)
        this.logger.warn(
          `Redis cannot be used (${error.message}): notifications go on, alerts may come late.`,
        );
      down = true;
      this.up.set(0);
    });
    this.commands.on('close', () => this.up.set(0));
    // Told once, by the other connection.
    this.waiting.on('error', () => undefined);
  }
}
