import { Injectable } from '@nestjs/common';
import { findCarrier, SecretBox, type Carrier, type OpenAccount } from '@partyline/carriers';
import { Clock } from '@partyline/kernel';
import type { Account } from '../domain/account.js';
import { isRecorded } from '../domain/recording.js';
import { unexpired } from '../domain/secret-rotation.js';
import { AccountStore } from './account-store.js';

/** An account that webhooks may come in for. */
export interface Line {
  readonly account: Account;
  readonly carrier: Carrier;
  readonly open: OpenAccount;
}

/** An account as it is remembered; without a line where nothing may come in for it. */
interface Known {
  readonly account: Account;
  readonly line: Line | null;
}
interface Remembered {
  readonly known: Promise<Known | null>;
  readonly until: number;
  /** Once it is read. */
  recorded?: Account;
}

/** How long an account is taken for what it was; a change counts at once in this process, and by then in all others. */
const REMEMBERED_MS = 2_000;
/** A scan over made-up ids must not fill the memory. */
const MOST_REMEMBERED = 10_000;

/** Active accounts with their secrets open, remembered so that a webhook costs no read. */
@Injectable()
export class Accounts {
  private readonly remembered = new Map<string, Remembered>();

  constructor(
    private readonly store: AccountStore,
    private readonly secrets: SecretBox,
    private readonly clock: Clock,
  ) {}

  /** null: no such account of that carrier, or it is switched off. Throws when that cannot be known now. */
  async find(carrierId: string, accountId: string): Promise<Line | null> {
    const now = this.clock.now().getTime();
    const known = this.remembered.get(accountId);
    if (known && known.until > now) return ofCarrier(await known.known, carrierId);
    const entry: Remembered = { known: this.read(accountId), until: now + REMEMBERED_MS };
    if (this.remembered.size >= MOST_REMEMBERED) this.remembered.clear();
    this.remembered.set(accountId, entry);
    try {
      const read = await entry.known;
      if (read && isRecorded(read.account, this.clock.now())) entry.recorded = read.account;
      return ofCarrier(read, carrierId);
    } catch (error) {
      if (this.remembered.get(accountId) === entry) this.remembered.delete(accountId);
      throw error;
    }
  }

  /** An account that a webhook just came for, where an Admin has what arrives recorded; off accounts, too. */
  recorded(carrierId: string, accountId: string): Account | null {
    const account = this.remembered.get(accountId)?.recorded;
    return account?.carrier === carrierId && isRecorded(account, this.clock.now()) ? account : null;
  }

  forget(accountId: string): void {
    this.remembered.delete(accountId);
  }

  private async read(accountId: string): Promise<Known | null> {
    const account = await this.store.find(accountId);
    const carrier = account && findCarrier(account.carrier);
    if (!account || !carrier) return null;
    if (!account.active) return { account, line: null };
    const { id, publicUrl, settings } = account;
    const sealed = unexpired(account, this.clock.now());
    const open = { id, publicUrl, settings, secrets: this.secrets.openAll(id, sealed) };
    return { account, line: { account, carrier, open } };
  }
}

const ofCarrier = (known: Known | null, carrierId: string): Line | null =>
  known?.account.carrier === carrierId ? known.line : null;
