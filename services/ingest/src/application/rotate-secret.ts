import { Injectable } from '@nestjs/common';
import { SecretBox } from '@partyline/carriers';
import type { Refusal } from '@partyline/contracts';
import { Clock, ok, type Result } from '@partyline/kernel';
import { revisionOf, type Account } from '../domain/account.js';
import { rotates, spareOf, unexpired, withEntry } from '../domain/secret-rotation.js';
import { AccountStore } from './account-store.js';
import { AccountViews, type AccountView } from './account-view.js';
import { Accounts } from './accounts.js';
import { invalid, notFound, stale } from './refusal.js';

/** `until`: from when on the value that is not sent with counts no more; null: until it is retired. */
export type SecretStep =
  | { readonly kind: 'add'; readonly value: string; readonly until: Date | null }
  | { readonly kind: 'promote'; readonly until: Date | null }
  | { readonly kind: 'retire' };

type Secrets = Required<Pick<Account, 'sealed' | 'expiries' | 'setAt'>>;

/** Changes a secret without losing a text: webhooks are checked by two values, sending uses the first. */
@Injectable()
export class RotateSecret {
  constructor(
    private readonly store: AccountStore,
    private readonly accounts: Accounts,
    private readonly views: AccountViews,
    private readonly secretBox: SecretBox,
    private readonly clock: Clock,
  ) {}

  async execute(
    tenantId: string,
    id: string,
    secret: string,
    step: SecretStep,
    /** The revision that was on the screen. */
    seen?: number,
  ): Promise<Result<AccountView, Refusal>> {
    const account = await this.store.find(id);
    if (account?.tenantId !== tenantId) return notFound(id);
    if (seen !== undefined && seen !== revisionOf(account)) return stale();
    if (!rotates(secret) || account.sealed[secret] === undefined) {
      return invalid(
        'secret',
        `"${secret}" is no secret of this account that two values can count for at a time. Change others with PATCH.`,
      );
    }
    if (step.kind !== 'retire' && step.until !== null && step.until <= this.clock.now()) {
      return invalid('expiresAt', 'expiresAt is over already: give a time to come, or leave it out.');
    }
    const next = this.next(account, secret, step);
    if (!next) {
      return invalid('secret', `"${secret}" has no second value that counts. Add the new value first.`);
    }
    if (step.kind === 'promote' && seen === undefined) {
      // Read only now, the account may already be what somebody else's promotion made it: it would be undone.
      return invalid(
        'revision',
        `Say which revision of the account you saw (it is at ${revisionOf(account)} now): the values change places, and ` +
          'whoever comes second would swap them back.',
      );
    }
    const changed = await this.store.change(account, next);
    this.accounts.forget(id);
    return changed ? ok(await this.views.of(changed)) : stale();
  }

  /** null where there is no second value to promote. */
  private next(account: Account, secret: string, step: SecretStep): Secrets | null {
    const { id, sealed, expiries = {}, setAt = {} } = account;
    const spare = spareOf(secret);
    if (step.kind === 'retire') {
      return {
        sealed: withEntry(sealed, spare, null),
        expiries: withEntry(expiries, spare, null),
        setAt: withEntry(setAt, spare, null),
      };
    }
    const ends = withEntry(expiries, spare, step.until);
    if (step.kind === 'add') {
      return {
        sealed: withEntry(sealed, spare, this.secretBox.seal(id, spare, step.value)),
        expiries: ends,
        setAt: withEntry(setAt, spare, this.clock.now()),
      };
    }
    const open = this.secretBox.openAll(id, unexpired(account, this.clock.now()));
    const [current, second] = [open[secret], open[spare]];
    if (current === undefined || second === undefined) return null;
    const swapped = this.secretBox.sealAll(id, { [secret]: second, [spare]: current });
    return {
      sealed: { ...sealed, ...swapped },
      expiries: ends,
      setAt: withEntry(withEntry(setAt, secret, setAt[spare] ?? null), spare, setAt[secret] ?? null),
    };
  }
}
