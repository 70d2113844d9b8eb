import { Injectable } from '@nestjs/common';
import type { QuietNumber } from '@partyline/contracts';
import { QuietAlertStore } from './ports.js';

@Injectable()
export class ListQuietAlerts {
  constructor(private readonly alerts: QuietAlertStore) {}

  async execute(tenantId: string): Promise<QuietNumber[]> {
    const open = await this.alerts.openOf(tenantId);
    return open.map(({ number, name, accountId, lastTextAt, noticedAt }) => ({
      number,
      name,
      accountId,
      lastTextAt: lastTextAt.toISOString(),
      noticedAt: noticedAt.toISOString(),
    }));
  }
}
