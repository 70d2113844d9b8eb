import { Injectable } from '@nestjs/common';
import type { Refusal } from '@partyline/contracts';
import { fail, ok, type Result } from '@partyline/kernel';
import { MediaStore, type MediaRecord } from './media-store.js';
import { ReceiptStore, type ReceiptTrace } from './receipt-store.js';

export type WebhookTrace = ReceiptTrace & { readonly media: readonly MediaRecord[] };

/** What is known of the webhook that brought a message. */
@Injectable()
export class TraceWebhook {
  constructor(
    private readonly receipts: ReceiptStore,
    private readonly media: MediaStore,
  ) {}

  async execute(tenantId: string, messageId: string): Promise<Result<WebhookTrace, Refusal>> {
    const trace = await this.receipts.trace(tenantId, messageId);
    if (!trace) {
      return fail({ code: 'NOT_FOUND', message: `No webhook is known that brought message "${messageId}".` });
    }
    return ok({ ...trace, media: await this.media.ofMessage(tenantId, messageId) });
  }
}
