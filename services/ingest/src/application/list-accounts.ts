import { Injectable } from '@nestjs/common';
import { AccountStore } from './account-store.js';
import { AccountViews, type AccountView } from './account-view.js';

@Injectable()
export class ListAccounts {
  constructor(
    private readonly store: AccountStore,
    private readonly views: AccountViews,
  ) {}

  async execute(tenantId: string): Promise<AccountView[]> {
    const accounts = await this.store.list(tenantId);
    return Promise.all(accounts.map((account) => this.views.of(account)));
  }
}
