import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Lease, Repeating } from '@partyline/mongo';
import { SweepWebhooks } from '../../application/webhooks/sweep-webhooks.js';

const SWEEP_MS = 30_000;
const LEASE_MS = 30_000;

/** At start and every 30 seconds, on one replica at a time. */
@Injectable()
export class WebhookSweeper implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly sweep = new Repeating('sweep of webhooks', SWEEP_MS, () =>
    this.lease.runExclusively('webhook-sweep', LEASE_MS, (signal) => this.sweepWebhooks.execute(signal)),
  );

  constructor(
    private readonly lease: Lease,
    private readonly sweepWebhooks: SweepWebhooks,
  ) {}

  onApplicationBootstrap(): void {
    this.sweep.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.sweep.stop();
  }
}
