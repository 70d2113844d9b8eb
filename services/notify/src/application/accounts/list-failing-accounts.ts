import { Injectable } from '@nestjs/common';
import type { AccountAlert } from '@partyline/contracts';
import { Clock } from '@partyline/kernel';
import { troubleWords } from '../../domain/account-words.js';
import { AccountAlertStore } from './ports.js';

@Injectable()
export class ListFailingAccounts {
  constructor(
    private readonly alerts: AccountAlertStore,
    private readonly clock: Clock,
  ) {}

  async execute(tenantId: string): Promise<AccountAlert[]> {
    const open = await this.alerts.openOf(tenantId);
    return open.map(({ id, accountId, name, trouble, noticedAt }) => ({
      id,
      accountId,
      kind: trouble.kind,
      ...troubleWords(name, trouble, this.clock.now()),
      noticedAt: noticedAt.toISOString(),
    }));
  }
}
