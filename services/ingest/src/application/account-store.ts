import type { Account } from '../domain/account.js';

/** Where carrier accounts are kept. Every method throws when the store cannot be reached. */
export abstract class AccountStore {
  /** By the id alone: a webhook's URL names no tenant. */
  abstract find(id: string): Promise<Account | null>;
  /** Of every tenant, by id. */
  abstract active(): Promise<Account[]>;
  abstract list(tenantId: string): Promise<Account[]>;
  /** false where the id is taken. */
  abstract add(account: Account): Promise<boolean>;
  /** Of two that change what they both read the first succeeds; null for the second, and where it is gone. */
  abstract change(
    read: Account,
    fields: Partial<Omit<Account, 'id' | 'tenantId' | 'carrier' | 'revision'>>,
  ): Promise<Account | null>;
  abstract remove(tenantId: string, id: string): Promise<boolean>;
  abstract isEmpty(): Promise<boolean>;
}
