import { Injectable, Logger } from '@nestjs/common';
import { SecretBox } from '@partyline/carriers';
import type { NewAccount } from '../domain/demo-accounts.js';
import { AccountStore } from './account-store.js';

/** Sets up the demo tenant's carrier accounts where there are no accounts at all. */
@Injectable()
export class SeedDemo {
  private readonly logger = new Logger(SeedDemo.name);

  constructor(
    private readonly store: AccountStore,
    private readonly secrets: SecretBox,
  ) {}

  async execute(accounts: readonly NewAccount[]): Promise<void> {
    if (!(await this.store.isEmpty())) return;
    for (const { secrets, ...account } of accounts) {
      await this.store.add({ ...account, sealed: this.secrets.sealAll(account.id, secrets) });
    }
    this.logger.log('Set up the carrier accounts of the demo tenant.');
  }
}
