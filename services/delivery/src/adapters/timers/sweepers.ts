import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Lease } from '@partyline/mongo';
import { Dispatcher } from '../../application/dispatcher.js';
import { Reannounce } from '../../application/reannounce.js';
import { ReconcileLogs } from '../../application/reconciliation/reconcile-logs.js';
import { SettleInterrupted } from '../../application/settle-interrupted.js';

/** How long a sweep may hold its lease without renewing it, in milliseconds. */
const LEASE_MS = 30_000;

/** The clocks of this service: whatever was forgotten in a crash, or waits for its time, is found here. */
@Injectable()
export class Sweepers implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(Sweepers.name);
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly running = new Set<string>();

  constructor(
    private readonly lease: Lease,
    private readonly dispatcher: Dispatcher,
    private readonly interrupted: SettleInterrupted,
    private readonly reannounce: Reannounce,
    private readonly reconcile: ReconcileLogs,
  ) {}

  onApplicationBootstrap(): void {
    // Every replica looks for due replies: claims keep them apart, and a lease would cost a write a second.
    this.every(1_000, 'due', () => this.dispatcher.sweep());
    this.every(2_000, 'interrupted', () => this.alone('interrupted', () => this.interrupted.execute()));
    this.every(1_000, 'reconcile', () => this.alone('reconcile', (signal) => this.reconcile.execute(signal)));
    this.every(5_000, 'unlanded', () => this.alone('unlanded', () => this.reannounce.execute()));
  }

  beforeApplicationShutdown(): void {
    for (const timer of this.timers) clearInterval(timer);
  }

  private async alone(name: string, sweep: (signal: AbortSignal) => Promise<void>): Promise<void> {
    await this.lease.runExclusively(name, LEASE_MS, sweep);
  }

  private every(intervalMs: number, name: string, sweep: () => Promise<void>): void {
    const run = async (): Promise<void> => {
      if (this.running.has(name)) return;
      this.running.add(name);
      try {
        await sweep();
      } catch (error) {
        this.logger.warn(`The sweep "${name}" failed and is tried again: ${String(error)}`);
      } finally {
        this.running.delete(name);
      }
    };
    this.timers.add(setInterval(() => void run(), intervalMs));
  }
}
