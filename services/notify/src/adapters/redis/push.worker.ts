import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import type { PushJob } from '../../application/push.js';
import { SendPush } from '../../application/send-push.js';
import { PUSH_QUEUE } from './queue-names.js';
import { RedisConnections } from './redis-connections.js';

@Injectable()
export class PushWorker implements OnApplicationBootstrap {
  private readonly logger = new Logger(PushWorker.name);

  constructor(
    private readonly redis: RedisConnections,
    private readonly sendPush: SendPush,
  ) {}

  onApplicationBootstrap(): void {
    this.redis.work<PushJob>(PUSH_QUEUE, {
      concurrency: 10,
      run: (job) => this.sendPush.execute(job.data),
      failed: (job, error) => {
        this.logger.warn(`Push ${job?.id ?? '?'}, attempt ${job?.attemptsMade ?? '?'}: ${error.message}`);
      },
    });
  }
}
