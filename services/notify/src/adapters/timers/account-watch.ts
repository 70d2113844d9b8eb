import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Lease, Repeating } from '@partyline/mongo';
import { WatchAccounts } from '../../application/accounts/watch-accounts.js';

const EVERY_MS = 5 * 60_000;
const LEASE_MS = 60_000;

/** At start and every five minutes, on one replica at a time. */
@Injectable()
export class AccountWatch implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly watch = new Repeating('watch over carrier accounts', EVERY_MS, () =>
    this.lease.runExclusively('account-watch', LEASE_MS, (signal) => this.watchAccounts.execute(signal)),
  );

  constructor(
    private readonly lease: Lease,
    private readonly watchAccounts: WatchAccounts,
  ) {}

  onApplicationBootstrap(): void {
    this.watch.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.watch.stop();
  }
}
