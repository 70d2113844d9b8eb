import type { Account } from '../domain/account.js';
import type { Recording } from '../domain/recording.js';

/** What an Admin may change of an account. */
export type AccountFields = Partial<Omit<Account, 'id' | 'tenantId' | 'carrier' | 'revision' | 'recording'>>;

/** Where carrier accounts are kept. Every method throws when the store cannot be reached. */
export abstract class AccountStore {
  /** By the id alone: a webhook's URL names no tenant. */
  abstract find(id: string): Promise<Account | null>;
  /** Of every tenant, by id. */
  abstract active(): Promise<Account[]>;
  /** Of every tenant, those with one of these carriers. */
  abstract activeOf(carriers: readonly string[]): Promise<Account[]>;
  abstract list(tenantId: string): Promise<Account[]>;
  /** false where the id is taken. */
  abstract add(account: Account): Promise<boolean>;
  /** Of two that change what they both read the first succeeds; null for the second, and where it is gone. */
  abstract change(read: Account, fields: AccountFields): Promise<Account | null>;
  abstract remove(tenantId: string, id: string): Promise<boolean>;
  /** What is recorded is no part of what Admins edit: the revision stays. null where the account is gone. */
  abstract record(tenantId: string, id: string, recording: Recording): Promise<Account | null>;
  /** Counts one more request as kept by this recording; false where it may keep no more. */
  abstract takePlace(tenantId: string, id: string, recording: Recording): Promise<boolean>;
  abstract isEmpty(): Promise<boolean>;
}
