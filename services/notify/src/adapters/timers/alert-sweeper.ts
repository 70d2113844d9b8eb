import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Lease, Repeating } from '@partyline/mongo';
import { SweepAlerts } from '../../application/sweep-alerts.js';

const SWEEP_MS = 30_000;
const LEASE_MS = 30_000;

/** At start and every 30 seconds, on one replica at a time. */
@Injectable()
export class AlertSweeper implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly sweep = new Repeating('sweep of alerts', SWEEP_MS, () =>
    this.lease.runExclusively('alert-sweep', LEASE_MS, (signal) => this.sweepAlerts.execute(signal)),
  );

  constructor(
    private readonly lease: Lease,
    private readonly sweepAlerts: SweepAlerts,
  ) {}

  onApplicationBootstrap(): void {
    this.sweep.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.sweep.stop();
  }
}
