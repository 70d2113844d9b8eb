import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '@partyline/kernel';
import type { Queue } from 'bullmq';
import { AlertTimers } from '../../application/alert-timers.js';
import type { Alert } from '../../domain/alert.js';
import { ALERT_QUEUE } from './queue-names.js';
import { RedisConnections } from './redis-connections.js';

export interface AlertJob {
  readonly tenantId: string;
  readonly alertId: string;
}

/** Delayed BullMQ jobs named after their alerts. A job that is gone for whatever reason can be added again. */
@Injectable()
export class BullAlertTimers extends AlertTimers {
  private readonly logger = new Logger(BullAlertTimers.name);
  private readonly queue: Queue<AlertJob>;

  constructor(
    private readonly redis: RedisConnections,
    private readonly clock: Clock,
  ) {
    super();
    this.queue = redis.queue<AlertJob>(ALERT_QUEUE);
  }

  override async set(alerts: readonly Alert[]): Promise<void> {
    const now = this.clock.now().getTime();
    await this.attempt('set', alerts.length, () =>
      this.queue.addBulk(
        alerts.map(({ id, tenantId, dueAt }) => ({
          name: 'alert',
          data: { tenantId, alertId: id },
          opts: {
            jobId: id,
            delay: Math.max(0, dueAt.getTime() - now),
            attempts: 5,
            backoff: { type: 'exponential', delay: 1000 },
            // MongoDB is the truth: what has failed here is added again by the sweep, which needs its name to be free.
            removeOnComplete: true,
            removeOnFail: true,
          },
        })),
      ),
    );
  }

  override async clear(ids: readonly string[]): Promise<void> {
    await this.attempt('clear', ids.length, async () => {
      for (const id of ids) await this.queue.remove(id);
    });
  }

  private async attempt(what: string, count: number, action: () => Promise<unknown>): Promise<void> {
    if (count === 0 || !this.redis.usable) return;
    try {
      await action();
    } catch (error) {
      this.logger.warn(`Could not ${what} ${count} timers of alerts; the sweep will: ${String(error)}`);
    }
  }
}
