import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { DelayedError, Worker, type Job } from 'bullmq';
import { FireAlert } from '../../application/fire-alert.js';
import type { AlertJob } from './bull-alert-timers.js';
import { ALERT_QUEUE } from './queue-names.js';
import { RedisConnections } from './redis-connections.js';
import { WORKER_OPTIONS } from './worker-options.js';

/** Wakes up when an alert is due; whether it is still wanted is decided from MongoDB. */
@Injectable()
export class AlertWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(AlertWorker.name);
  private worker: Worker<AlertJob> | undefined;

  constructor(
    private readonly redis: RedisConnections,
    private readonly fireAlert: FireAlert,
  ) {}

  onApplicationBootstrap(): void {
    this.worker = new Worker<AlertJob>(ALERT_QUEUE, (job, token) => this.fire(job, token), {
      connection: this.redis.waiting,
      prefix: this.redis.prefix,
      concurrency: 5,
      ...WORKER_OPTIONS,
    });
    this.worker.on('error', () => undefined);
    this.worker.on('failed', (job, error) => {
      this.logger.warn(`The alert ${job?.id ?? '?'} failed, the sweep will try again: ${error.message}`);
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    // Closing waits for the job at hand; without Redis there is none that could end.
    await this.worker?.close(!this.redis.usable);
  }

  private async fire(job: Job<AlertJob>, token: string | undefined): Promise<void> {
    const fired = await this.fireAlert.execute(job.data.tenantId, job.data.alertId);
    if (fired.done) return;
    await job.moveToDelayed(fired.later.getTime(), token);
    throw new DelayedError();
  }
}
