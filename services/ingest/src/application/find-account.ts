import { Injectable } from '@nestjs/common';
import type { Refusal } from '@partyline/contracts';
import { ok, type Result } from '@partyline/kernel';
import type { Account } from '../domain/account.js';
import { AccountStore } from './account-store.js';
import { notFound } from './refusal.js';

/** The whole account for delivery, which sends through it. Its secrets stay sealed on the way. */
@Injectable()
export class FindAccount {
  constructor(private readonly store: AccountStore) {}

  async execute(tenantId: string, id: string): Promise<Result<Account, Refusal>> {
    const account = await this.store.find(id);
    return account?.tenantId === tenantId ? ok(account) : notFound(id);
  }
}
