import { Injectable } from '@nestjs/common';
import type { DeliveryStatus } from '@partyline/carriers';
import { failpoint } from '@partyline/kernel';
import { landed } from '../domain/landing.js';
import { together } from '../domain/status.js';
import { AttemptStore } from './attempt-store.js';

export interface ShownStatus {
  readonly tenantId: string;
  readonly messageId: string;
  readonly status: DeliveryStatus;
}

/** The conversation shows a status: it need not be announced again. */
@Injectable()
export class MarkLanded {
  constructor(private readonly attempts: AttemptStore) {}

  async execute(shown: ShownStatus): Promise<void> {
    const attempts = await this.attempts.ofMessage(shown.tenantId, shown.messageId);
    if (attempts.length === 0) return;
    const others = new Map(attempts.map((attempt) => [attempt.id, attempt]));
    for (const { tenantId, id } of attempts) {
      await this.attempts.change({ tenantId, id }, (current) => {
        // Decided on what the store has at the write: a status that came meanwhile is not landed.
        const now = together([...others.values()].map((other) => (other.id === id ? current : other)));
        return landed(current, shown.status, now.status);
      });
    }
    failpoint('delivery.status-landed');
  }
}
