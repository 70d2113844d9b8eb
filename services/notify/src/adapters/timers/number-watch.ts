import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Lease, Repeating } from '@partyline/mongo';
import { WatchNumbers } from '../../application/quiet/watch-numbers.js';

const EVERY_MS = 5 * 60_000;
const LEASE_MS = 60_000;

/** At start and every five minutes, on one replica at a time. */
@Injectable()
export class NumberWatch implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly watch = new Repeating('watch over numbers', EVERY_MS, () =>
    this.lease.runExclusively('number-watch', LEASE_MS, (signal) => this.watchNumbers.execute(signal)),
  );

  constructor(
    private readonly lease: Lease,
    private readonly watchNumbers: WatchNumbers,
  ) {}

  onApplicationBootstrap(): void {
    this.watch.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.watch.stop();
  }
}
