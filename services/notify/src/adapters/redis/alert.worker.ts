import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { DelayedError, type Job } from 'bullmq';
import { FireAlert } from '../../application/fire-alert.js';
import type { AlertJob } from './bull-alert-timers.js';
import { ALERT_QUEUE } from './queue-names.js';
import { RedisConnections } from './redis-connections.js';

/** Wakes up when an alert is due; whether it is still wanted is decided from MongoDB. */
@Injectable()
export class AlertWorker implements OnApplicationBootstrap {
  private readonly logger = new Logger(AlertWorker.name);

  constructor(
    private readonly redis: RedisConnections,
    private readonly fireAlert: FireAlert,
  ) {}

  onApplicationBootstrap(): void {
    this.redis.work<AlertJob>(ALERT_QUEUE, {
      concurrency: 5,
      run: (job, token) => this.fire(job, token),
      failed: (job, error) => {
        this.logger.warn(`The alert ${job?.id ?? '?'} failed, the sweep will try again: ${error.message}`);
      },
    });
  }

  private async fire(job: Job<AlertJob>, token: string | undefined): Promise<void> {
    const fired = await this.fireAlert.execute(job.data.tenantId, job.data.alertId);
    if (fired.done) return;
    await job.moveToDelayed(fired.later.getTime(), token);
    throw new DelayedError();
  }
}
