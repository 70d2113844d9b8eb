import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { SendWebhook } from '../../application/webhooks/send-webhook.js';
import type { WebhookJob } from './bull-webhook-queue.js';
import { WEBHOOK_QUEUE } from './queue-names.js';
import { RedisConnections } from './redis-connections.js';

@Injectable()
export class WebhookWorker implements OnApplicationBootstrap {
  private readonly logger = new Logger(WebhookWorker.name);

  constructor(
    private readonly redis: RedisConnections,
    private readonly sendWebhook: SendWebhook,
  ) {}

  onApplicationBootstrap(): void {
    this.redis.work<WebhookJob>(WEBHOOK_QUEUE, {
      concurrency: 10,
      run: ({ data }) => this.sendWebhook.execute(data.tenantId, data.deliveryId),
      failed: (job, error) => {
        this.logger.warn(
          `Webhook ${job?.data.deliveryId ?? '?'}; the sweep will try again: ${error.message}`,
        );
      },
    });
  }
}
