import { Injectable } from '@nestjs/common';
import { SecretBox } from '@partyline/carriers';
import type { carrierAccountInputSchema, Refusal } from '@partyline/contracts';
import { Clock, fail, newId, ok, type Result } from '@partyline/kernel';
import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import type { Account } from '../domain/account.js';
import { setNow } from '../domain/secret-rotation.js';
import { AccountStore } from './account-store.js';
import { AccountViews, HooksAddress, type AccountView } from './account-view.js';
import { Accounts } from './accounts.js';
import { checkBasics, checkFinished, checkPrices } from './check-account.js';
import { invalid } from './refusal.js';
import { SimulatorSwitch } from './simulator-switch.js';

const SIMULATOR = 'simulator';

@Injectable()
export class CreateAccount {
  constructor(
    private readonly store: AccountStore,
    private readonly accounts: Accounts,
    private readonly views: AccountViews,
    private readonly secretBox: SecretBox,
    private readonly hooks: HooksAddress,
    private readonly simulator: SimulatorSwitch,
    private readonly clock: Clock,
  ) {}

  async execute(
    tenantId: string,
    input: z.infer<typeof carrierAccountInputSchema>,
  ): Promise<Result<AccountView, Refusal>> {
    const { id = newId('ca'), secrets, ...rest } = input;
    const publicUrl = rest.publicUrl ?? this.hooks.of({ carrier: rest.carrier, id });
    const fields = { ...rest, publicUrl, prices: rest.prices ?? null };
    if (fields.carrier === SIMULATOR && !this.simulator.isOn) {
      return invalid(
        'carrier',
        'The phone simulator is part of the demo only. Choose the carrier of your numbers.',
      );
    }
    const unfinished = checkFinished({ ...fields, secretNames: Object.keys(secrets) });
    // Off, it can be saved before all is known: to see what a new carrier sends, one needs the address for it.
    const refused =
      checkBasics(fields, this.hooks.plainHttpAllowed) ??
      (fields.active ? unfinished : null) ??
      checkPrices(fields.prices);
    if (refused) return refused;
    const account: Account = {
      ...fields,
      id,
      tenantId,
      createdAt: this.clock.now(),
      sealed: this.secretBox.sealAll(id, secrets),
      setAt: setNow(secrets, this.clock.now()),
      unfinished: unfinished !== null,
      revision: 1,
    };
    if (!(await this.store.add(account))) {
      const there = await this.store.find(id);
      if (there && this.isSame(there, account, secrets)) return ok(await this.views.of(there));
      return fail({ code: 'IN_USE', message: `The id "${id}" is taken. Choose another, or leave it out.` });
    }
    this.accounts.forget(id);
    return ok(await this.views.of(account));
  }

  /** Whoever got no answer sends it again, and is to hear that it is there. */
  private isSame(there: Account, asked: Account, secrets: Readonly<Record<string, string>>): boolean {
    const of = ({ tenantId, carrier, name, publicUrl, settings, active, prices }: Account) => ({
      tenantId,
      carrier,
      name,
      publicUrl,
      settings,
      active,
      prices: prices ?? null,
    });
    return (
      isDeepStrictEqual(of(there), of(asked)) &&
      isDeepStrictEqual(this.secretBox.openAll(there.id, there.sealed), secrets)
    );
  }
}
