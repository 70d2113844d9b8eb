import { Injectable, Logger } from '@nestjs/common';
import { Clock, newId } from '@partyline/kernel';
import type { Queue } from 'bullmq';
import { WebhookQueue, type WebhookTimer } from '../../application/webhooks/ports.js';
import { WEBHOOK_QUEUE } from './queue-names.js';
import { RedisConnections } from './redis-connections.js';

export interface WebhookJob {
  readonly tenantId: string;
  readonly deliveryId: string;
}

/** A timer that goes off before the moment itself would find nothing that is due. */
const SAFETY_MS = 50;

/** One job for each attempt. A job twice, or none, does no harm: MongoDB says what is due. */
@Injectable()
export class BullWebhookQueue extends WebhookQueue {
  private readonly logger = new Logger(BullWebhookQueue.name);
  private readonly queue: Queue<WebhookJob>;

  constructor(
    private readonly redis: RedisConnections,
    private readonly clock: Clock,
  ) {
    super();
    this.queue = redis.queue<WebhookJob>(WEBHOOK_QUEUE);
  }

  override async add(timers: readonly WebhookTimer[]): Promise<void> {
    if (timers.length === 0 || !this.redis.usable) return;
    const now = this.clock.now().getTime();
    try {
      await this.queue.addBulk(
        timers.map(({ tenantId, id, nextAt }) => ({
          name: 'webhook',
          data: { tenantId, deliveryId: id },
          opts: {
            jobId: newId('wj'),
            delay: Math.max(0, nextAt.getTime() - now) + SAFETY_MS,
            removeOnComplete: true,
            removeOnFail: true,
          },
        })),
      );
    } catch (error) {
      this.logger.warn(`Could not queue ${timers.length} webhooks; the sweep will: ${String(error)}`);
    }
  }
}
