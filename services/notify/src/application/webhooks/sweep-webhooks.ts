import { Injectable } from '@nestjs/common';
import { Clock } from '@partyline/kernel';
import { DeliveryStore, WebhookQueue } from './ports.js';
import { SendWebhook } from './send-webhook.js';

/** A timer that is so late was lost, with Redis or with the process that set it. */
const LATE_MS = 10_000;
const BATCH = 200;

/** Makes the timers again out of MongoDB, which is the truth; without Redis it sends by itself. */
@Injectable()
export class SweepWebhooks {
  constructor(
    private readonly deliveries: DeliveryStore,
    private readonly queue: WebhookQueue,
    private readonly send: SendWebhook,
    private readonly clock: Clock,
  ) {}

  async execute(signal: AbortSignal): Promise<void> {
    const overdue = await this.deliveries.overdue(new Date(this.clock.now().getTime() - LATE_MS), BATCH);
    if (overdue.length === 0) return;
    await this.queue.add(overdue);
    for (const { tenantId, id } of overdue) {
      if (signal.aborted) return;
      // A claim decides which of the two does it.
      await this.send.execute(tenantId, id);
    }
  }
}
