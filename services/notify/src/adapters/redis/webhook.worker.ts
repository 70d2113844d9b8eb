import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Worker } from 'bullmq';
import { SendWebhook } from '../../application/webhooks/send-webhook.js';
import type { WebhookJob } from './bull-webhook-queue.js';
import { WEBHOOK_QUEUE } from './queue-names.js';
import { RedisConnections } from './redis-connections.js';
import { WORKER_OPTIONS } from './worker-options.js';

@Injectable()
export class WebhookWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(WebhookWorker.name);
  private worker: Worker<WebhookJob> | undefined;

  constructor(
    private readonly redis: RedisConnections,
    private readonly sendWebhook: SendWebhook,
  ) {}

  onApplicationBootstrap(): void {
    const send = ({ data }: { data: WebhookJob }) => this.sendWebhook.execute(data.tenantId, data.deliveryId);
    this.worker = new Worker<WebhookJob>(WEBHOOK_QUEUE, send, {
      connection: this.redis.waiting,
      prefix: this.redis.prefix,
      concurrency: 10,
      ...WORKER_OPTIONS,
    });
    this.worker.on('error', () => undefined);
    this.worker.on('failed', (job, error) => {
      this.logger.warn(`Webhook ${job?.data.deliveryId ?? '?'}; the sweep will try again: ${error.message}`);
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    // Closing waits for the job at hand; without Redis there is none that could end.
    await this.worker?.close(!this.redis.usable);
  }
}
