import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Lease, Repeating } from '@partyline/mongo';
import { Dispatcher } from '../../application/dispatcher.js';
import { Reannounce } from '../../application/reannounce.js';
import { ReconcileLogs } from '../../application/reconciliation/reconcile-logs.js';
import { SettleInterrupted } from '../../application/settle-interrupted.js';

/** How long a sweep may hold its lease without renewing it, in milliseconds. */
const LEASE_MS = 30_000;

/** The clocks of this service: whatever was forgotten in a crash, or waits for its time, is found here. */
@Injectable()
export class Sweepers implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly sweeps: readonly Repeating[];

  constructor(
    private readonly lease: Lease,
    dispatcher: Dispatcher,
    interrupted: SettleInterrupted,
    reannounce: Reannounce,
    reconcile: ReconcileLogs,
  ) {
    this.sweeps = [
      // Every replica looks for due replies: claims keep them apart, and a lease would cost a write a second.
      new Repeating('due', 1_000, () => dispatcher.sweep()),
      this.alone('interrupted', 2_000, () => interrupted.execute()),
      this.alone('reconcile', 1_000, (signal) => reconcile.execute(signal)),
      this.alone('unlanded', 5_000, () => reannounce.execute()),
    ];
  }

  onApplicationBootstrap(): void {
    for (const sweep of this.sweeps) sweep.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.sweeps.map((sweep) => sweep.stop()));
  }

  private alone(name: string, pauseMs: number, sweep: (signal: AbortSignal) => Promise<void>): Repeating {
    return new Repeating(name, pauseMs, () => this.lease.runExclusively(name, LEASE_MS, sweep));
  }
}
