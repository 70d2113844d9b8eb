import { Injectable } from '@nestjs/common';
import { findCarrier, SecretBox, type Carrier, type OpenAccount } from '@partyline/carriers';
import { Clock } from '@partyline/kernel';
import type { Account } from '../domain/account.js';
import { unexpired } from '../domain/secret-rotation.js';
import { AccountStore } from './account-store.js';

/** An account that webhooks may come in for. */
export interface Line {
  readonly account: Account;
  readonly carrier: Carrier;
  readonly open: OpenAccount;
}

/** How long an account is taken for what it was; a change counts at once in this process, and by then in all others. */
const REMEMBERED_MS = 2_000;
/** A scan over made-up ids must not fill the memory. */
const MOST_REMEMBERED = 10_000;

/** Active accounts with their secrets open, remembered so that a webhook costs no read. */
@Injectable()
export class Accounts {
  private readonly remembered = new Map<
    string,
    { readonly line: Promise<Line | null>; readonly until: number }
  >();

  constructor(
    private readonly store: AccountStore,
    private readonly secrets: SecretBox,
    private readonly clock: Clock,
  ) {}

  /** null: no such account of that carrier, or it is switched off. Throws when that cannot be known now. */
  async find(carrierId: string, accountId: string): Promise<Line | null> {
    const now = this.clock.now().getTime();
    const known = this.remembered.get(accountId);
    if (known && known.until > now) return ofCarrier(await known.line, carrierId);
    const line = this.read(accountId);
    if (this.remembered.size >= MOST_REMEMBERED) this.remembered.clear();
    this.remembered.set(accountId, { line, until: now + REMEMBERED_MS });
    try {
      return ofCarrier(await line, carrierId);
    } catch (error) {
      if (this.remembered.get(accountId)?.line === line) this.remembered.delete(accountId);
      throw error;
    }
  }

  forget(accountId: string): void {
    this.remembered.delete(accountId);
  }

  private async read(accountId: string): Promise<Line | null> {
    const account = await this.store.find(accountId);
    const carrier = account && findCarrier(account.carrier);
    if (!account?.active || !carrier) return null;
    const { id, publicUrl, settings } = account;
    const sealed = unexpired(account, this.clock.now());
    return { account, carrier, open: { id, publicUrl, settings, secrets: this.secrets.openAll(id, sealed) } };
  }
}

const ofCarrier = (line: Line | null, carrierId: string): Line | null =>
  line?.carrier.id === carrierId ? line : null;
