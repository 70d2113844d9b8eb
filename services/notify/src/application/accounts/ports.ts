import type { AccountTrouble } from '@partyline/contracts';
import type { BadTime, Seen, Telling } from '../../domain/account-alert.js';

/** What comes in through an account, and what goes out. */
export type Side = 'arrivals' | 'sending';

export interface AccountKey {
  readonly tenantId: string;
  readonly accountId: string;
}
export interface SeenAccount extends AccountKey, Seen {}
export interface KnownAccount extends SeenAccount {
  readonly name: string;
}

/** How accounts do, of every tenant, as the ingest and delivery services know it. Null where they cannot be asked. */
export abstract class AccountStates {
  /** Every active account. */
  abstract arrivals(): Promise<readonly KnownAccount[] | null>;
  /** Of those that sent anything of late. */
  abstract sending(): Promise<readonly SeenAccount[] | null>;
}

export interface FailingAccount extends AccountKey, BadTime {
  readonly id: string;
  readonly side: Side;
  readonly name: string;
  readonly noticedAt: Date;
}

export type NewFailingAccount = AccountKey & {
  readonly side: Side;
  readonly name: string;
  readonly trouble: AccountTrouble;
  readonly noticedAt: Date;
};

export abstract class AccountAlertStore {
  /** The bad time of this side that lasts, with what is known of it now; a new one where there is none. */
  abstract keep(alert: NewFailingAccount): Promise<FailingAccount>;
  /** What was told of this account in earlier bad times that were not over then. */
  abstract toldBefore(alert: FailingAccount, since: Date): Promise<readonly Telling[]>;
  abstract markTold(alert: FailingAccount, telling: Telling): Promise<void>;
  /** Of every tenant. */
  abstract allOpen(): Promise<readonly FailingAccount[]>;
  abstract openOf(tenantId: string): Promise<readonly FailingAccount[]>;
  abstract end(alert: FailingAccount, at: Date): Promise<void>;
}
