import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { SecretBox } from '@partyline/carriers';
import type { changeCarrierAccountBody, Refusal } from '@partyline/contracts';
import { Clock, ok, type Result } from '@partyline/kernel';
import type { z } from 'zod';
import { revisionOf } from '../domain/account.js';
import { setNow } from '../domain/secret-rotation.js';
import { AccountStore } from './account-store.js';
import { AccountViews, HooksAddress, type AccountView } from './account-view.js';
import { Accounts } from './accounts.js';
import { checkBasics, checkFinished, checkPrices } from './check-account.js';
import { invalid, notFound, stale } from './refusal.js';

export type AccountChange = {
  [K in keyof z.infer<typeof changeCarrierAccountBody>]?:
    | z.infer<typeof changeCarrierAccountBody>[K]
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
    private readonly clock: Clock,
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
    if (change.revision !== undefined && change.revision !== revisionOf(account)) return stale();
    const next = {
      name: change.name ?? account.name,
      publicUrl: change.publicUrl ?? account.publicUrl,
      settings: change.settings ?? account.settings,
      active: change.active ?? account.active,
      prices: change.prices === undefined ? (account.prices ?? null) : change.prices,
      sealed: { ...account.sealed, ...this.secretBox.sealAll(id, change.secrets ?? {}) },
      setAt: { ...account.setAt, ...setNow(change.secrets ?? {}, this.clock.now()) },
      // What is given anew does not end when the value before it would have.
      expiries: Object.fromEntries(
        Object.entries(account.expiries ?? {}).filter(
          ([secret]) => !Object.hasOwn(change.secrets ?? {}, secret),
        ),
      ),
    };
    const draft = { ...next, carrier: account.carrier, secretNames: Object.keys(next.sealed) };
    // A demo account points to the simulator, which no Admin may enter; all else of it may still be changed.
    const touched =
      Object.keys(change.secrets ?? {}).length > 0 ||
      next.publicUrl !== account.publicUrl ||
      !isDeepStrictEqual({ ...next.settings }, { ...account.settings });
    const problem = touched || account.unfinished === true ? checkFinished(draft) : null;
    const refused =
      (touched ? checkBasics(draft, this.hooks.plainHttpAllowed) : null) ??
      (next.active ? problem : null) ??
      checkPrices(change.prices);
    if (refused) return refused;
    const changed = await this.store.change(account, { ...next, unfinished: problem !== null });
    this.accounts.forget(id);
    return changed ? ok(await this.views.of(changed)) : stale();
  }
}
