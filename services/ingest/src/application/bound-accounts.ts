import { Injectable } from '@nestjs/common';
import { BOUND_CARRIERS, SecretBox, type OpenAccount } from '@partyline/carriers';
import { Clock } from '@partyline/kernel';
import { revisionOf, type Account } from '../domain/account.js';
import { unexpired } from '../domain/secret-rotation.js';
import { AccountStore } from './account-store.js';

/** An account that a connection is kept for. */
export interface BoundLine {
  readonly account: Account;
  readonly open: OpenAccount;
  /** Another one where something changed that the connection depends on. */
  readonly version: string;
}

const IDS = BOUND_CARRIERS.map(({ id }) => id);

/** Active accounts of carriers that we bind to, of every tenant, with their secrets open. */
@Injectable()
export class BoundAccounts {
  constructor(
    private readonly store: AccountStore,
    private readonly secrets: SecretBox,
    private readonly clock: Clock,
  ) {}

  async list(): Promise<BoundLine[]> {
    const accounts = await this.store.activeOf(IDS);
    return accounts.map((account) => {
      const { id, publicUrl, settings } = account;
      const sealed = unexpired(account, this.clock.now());
      const version = `${revisionOf(account)} ${Object.keys(sealed).join(' ')}`;
      return {
        account,
        version,
        open: { id, publicUrl, settings, secrets: this.secrets.openAll(id, sealed) },
      };
    });
  }
}
