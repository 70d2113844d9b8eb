import { Injectable } from '@nestjs/common';
import { SecretBox } from '@partyline/carriers';
import type { carrierAccountInputSchema, Refusal } from '@partyline/contracts';
import { ok, type Result } from '@partyline/kernel';
import type { z } from 'zod';
import { AccountStore } from './account-store.js';
import { AccountViews, HooksAddress, type AccountView } from './account-view.js';
import { Accounts } from './accounts.js';
import { checkAccount } from './check-account.js';
import { invalid, notFound } from './refusal.js';

export type AccountChange = {
  [K in keyof z.infer<typeof carrierAccountInputSchema>]?:
    | z.infer<typeof carrierAccountInputSchema>[K]
    | undefined;
};

@Injectable()
export class UpdateAccount {
  constructor(
    private readonly store: AccountStore,
    private readonly accounts: Accounts,
    private readonly views: AccountViews,
    private readonly secretBox: SecretBox,
    private readonly hooks: HooksAddress,
  ) {}

  /** Secrets that are not given stay as they are. */
  async execute(tenantId: string, id: string, change: AccountChange): Promise<Result<AccountView, Refusal>> {
    const account = await this.store.find(id);
    if (account?.tenantId !== tenantId) return notFound(id);
    if (change.carrier !== undefined && change.carrier !== account.carrier) {
      return invalid(
        'carrier',
        'The carrier of an account cannot be changed: its receipts belong to it. Set up a new account.',
      );
    }
    const next = {
      name: change.name ?? account.name,
      publicUrl: change.publicUrl ?? account.publicUrl,
      settings: change.settings ?? account.settings,
      active: change.active ?? account.active,
      sealed: { ...account.sealed, ...this.secretBox.sealAll(id, change.secrets ?? {}) },
      // What is given anew does not end when the value before it would have.
      expiries: Object.fromEntries(
        Object.entries(account.expiries ?? {}).filter(
          ([secret]) => !Object.hasOwn(change.secrets ?? {}, secret),
        ),
      ),
    };
    const draft = { ...next, carrier: account.carrier, secretNames: Object.keys(next.sealed) };
    // A demo account points to the simulator, which no Admin may enter; it may still be renamed or switched off.
    const touched = change.settings ?? change.publicUrl ?? change.secrets;
    const refused = touched === undefined ? null : checkAccount(draft, this.hooks.plainHttpAllowed);
    if (refused) return refused;
    const changed = await this.store.change(tenantId, id, next);
    this.accounts.forget(id);
    return changed ? ok(await this.views.of(changed)) : notFound(id);
  }
}
