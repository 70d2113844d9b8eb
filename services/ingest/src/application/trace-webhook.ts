import { Injectable } from '@nestjs/common';
import type { Refusal } from '@partyline/contracts';
import { fail, ok, type Result } from '@partyline/kernel';
import { ReceiptStore, type ReceiptTrace } from './receipt-store.js';

/** What is known of the webhook that brought a message. */
@Injectable()
export class TraceWebhook {
  constructor(private readonly receipts: ReceiptStore) {}

  async execute(tenantId: string, messageId: string): Promise<Result<ReceiptTrace, Refusal>> {
    const trace = await this.receipts.trace(tenantId, messageId);
    if (trace) return ok(trace);
    return fail({ code: 'NOT_FOUND', message: `No webhook is known that brought message "${messageId}".` });
  }
}
