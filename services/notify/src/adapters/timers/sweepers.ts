import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Lease, Repeating } from '@partyline/mongo';
import { WatchAccounts } from '../../application/accounts/watch-accounts.js';
import { WatchNumbers } from '../../application/quiet/watch-numbers.js';
import { SweepAlerts } from '../../application/sweep-alerts.js';
import { SweepWebhooks } from '../../application/webhooks/sweep-webhooks.js';

/** The clocks of this service: each runs at start and again and again, on one replica at a time. */
@Injectable()
export class Sweepers implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly sweeps: readonly Repeating[];

  constructor(
    private readonly lease: Lease,
    alerts: SweepAlerts,
    webhooks: SweepWebhooks,
    accounts: WatchAccounts,
    numbers: WatchNumbers,
  ) {
    this.sweeps = [
      this.alone('alert-sweep', 30_000, 30_000, (signal) => alerts.execute(signal)),
      this.alone('webhook-sweep', 30_000, 30_000, (signal) => webhooks.execute(signal)),
      this.alone('account-watch', 5 * 60_000, 60_000, (signal) => accounts.execute(signal)),
      this.alone('number-watch', 5 * 60_000, 60_000, (signal) => numbers.execute(signal)),
    ];
  }

  onApplicationBootstrap(): void {
    for (const sweep of this.sweeps) sweep.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.sweeps.map((sweep) => sweep.stop()));
  }

  /** `leaseMs`: how long it may hold its lease without renewing it. */
  private alone(
    name: string,
    pauseMs: number,
    leaseMs: number,
    sweep: (signal: AbortSignal) => Promise<void>,
  ): Repeating {
    return new Repeating(name, pauseMs, () => this.lease.runExclusively(name, leaseMs, sweep));
  }
}
