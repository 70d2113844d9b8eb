import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { SeedDemo } from '../../application/seed-demo.js';
import type { NewAccount } from '../../domain/demo-accounts.js';

export class DemoAccounts {
  /** Empty where this is no demo. */
  constructor(readonly accounts: readonly NewAccount[]) {}
}

@Injectable()
export class DemoSeeder implements OnApplicationBootstrap {
  constructor(
    private readonly seed: SeedDemo,
    private readonly demo: DemoAccounts,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (this.demo.accounts.length > 0) await this.seed.execute(this.demo.accounts);
  }
}
