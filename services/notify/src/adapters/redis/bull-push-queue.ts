import { Injectable, Logger } from '@nestjs/common';
import { derivedId } from '@partyline/kernel';
import type { Queue } from 'bullmq';
import { PushQueue, type PushJob } from '../../application/push.js';
import { PUSH_QUEUE } from './queue-names.js';
import { RedisConnections } from './redis-connections.js';

const HOUR_S = 3600;

/** One job for each device, tried for about two minutes: later than that nobody wants to hear of a text. */
@Injectable()
export class BullPushQueue extends PushQueue {
  private readonly logger = new Logger(BullPushQueue.name);
  private readonly queue: Queue<PushJob>;

  constructor(private readonly redis: RedisConnections) {
    super();
    this.queue = redis.queue<PushJob>(PUSH_QUEUE);
  }

  override async add(jobs: readonly PushJob[]): Promise<boolean> {
    if (!this.redis.usable) return false;
    try {
      await this.queue.addBulk(
        jobs.map((job) => ({
          name: 'push',
          data: job,
          opts: {
            jobId: derivedId('pu', job.notificationId, job.deviceId),
            attempts: 7,
            backoff: { type: 'exponential', delay: 1000 },
            // Kept for a while, so that a repeated event does not ring twice.
            removeOnComplete: { age: HOUR_S, count: 10_000 },
            removeOnFail: { age: HOUR_S, count: 1000 },
          },
        })),
      );
      return true;
    } catch (error) {
      this.logger.warn(`Could not queue ${jobs.length} pushes, sending them at once: ${String(error)}`);
      return false;
    }
  }
}
