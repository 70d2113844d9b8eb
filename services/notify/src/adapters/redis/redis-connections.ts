import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { Gauge, Registry } from '@partyline/observability';
import { Queue, Worker, type Job, type Processor } from 'bullmq';
import { Redis } from 'ioredis';
import { WORKER_OPTIONS } from './worker-options.js';

const COMMAND_TIMEOUT_MS = 5000;
const LONGEST_PAUSE_MS = 5000;

const retryStrategy = (times: number): number => Math.min(times * 200, LONGEST_PAUSE_MS);

/** Where Redis is, as the service needs it for its queues. */
export abstract class RedisSettings {
  abstract readonly url: string;
  /** Before every key of this installation. */
  abstract readonly prefix: string;
}

export interface Work<T> {
  readonly concurrency: number;
  readonly run: Processor<T>;
  readonly failed: (job: Job<T> | undefined, error: Error) => void;
}

/**
 * The two connections of the queues. Adding a job has to fail at once while Redis is away (the sweep adds it later);
 * a worker has to wait for it. Redis away is no reason to take no work: it is told by a log line and the gauge.
 */
@Injectable()
export class RedisConnections implements BeforeApplicationShutdown, OnApplicationShutdown {
  private readonly commands: Redis;
  private readonly waiting: Redis;
  private readonly prefix: string;
  private readonly workers: Worker[] = [];
  private readonly queues: Queue[] = [];
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

  /** To add jobs with; closed with the service. */
  queue<T>(name: string): Queue<T> {
    const queue = new Queue<T>(name, { connection: this.commands, prefix: this.prefix });
    // Told by our own connections; without a listener it would end the process.
    queue.on('error', () => undefined);
    this.queues.push(queue);
    return queue;
  }

  /** Works on the jobs of a queue from now on, until the service stops. */
  work<T>(name: string, { concurrency, run, failed }: Work<T>): void {
    const worker = new Worker<T>(name, run, {
      connection: this.waiting,
      prefix: this.prefix,
      concurrency,
      ...WORKER_OPTIONS,
    });
    worker.on('error', () => undefined);
    worker.on('failed', failed);
    this.workers.push(worker);
  }

  async beforeApplicationShutdown(): Promise<void> {
    // Closing waits for the jobs at hand; without Redis there are none that could end.
    await Promise.all(this.workers.map((worker) => worker.close(!this.usable)));
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.usable) await Promise.all(this.queues.map((queue) => queue.close()));
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
