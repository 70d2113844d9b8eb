import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Worker } from 'bullmq';
import type { PushJob } from '../../application/push.js';
import { SendPush } from '../../application/send-push.js';
import { PUSH_QUEUE } from './queue-names.js';
import { RedisConnections } from './redis-connections.js';
import { WORKER_OPTIONS } from './worker-options.js';

@Injectable()
export class PushWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(PushWorker.name);
  private worker: Worker<PushJob> | undefined;

  constructor(
    private readonly redis: RedisConnections,
    private readonly sendPush: SendPush,
  ) {}

  onApplicationBootstrap(): void {
    this.worker = new Worker<PushJob>(PUSH_QUEUE, (job) => this.sendPush.execute(job.data), {
      connection: this.redis.waiting,
      prefix: this.redis.prefix,
      concurrency: 10,
      ...WORKER_OPTIONS,
    });
    this.worker.on('error', () => undefined);
    this.worker.on('failed', (job, error) => {
      this.logger.warn(`Push ${job?.id ?? '?'}, attempt ${job?.attemptsMade ?? '?'}: ${error.message}`);
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    // Closing waits for the job at hand; without Redis there is none that could end.
    await this.worker?.close(!this.redis.usable);
  }
}
