import type { CarrierStatus, InboundMessage } from '@partyline/contracts';
import { mongo } from 'mongoose';
import type { OpenReceipt } from '../../application/receipt-store.js';
import type { Receipt } from '../../domain/receipt.js';
import type { ReceiptDocument } from './collections.js';

export function toDocument(receipt: Receipt, nextAttemptAt: Date): ReceiptDocument {
  const { id, raw, part, ...rest } = receipt;
  return {
    _id: id,
    ...rest,
    ...(part ? { part: { ...part, state: 'waiting' as const } } : {}),
    raw: raw && { ...raw, body: new mongo.Binary(raw.body) },
    state: 'open',
    attempts: 1,
    nextAttemptAt,
    landedAt: null,
  };
}

/** Without the raw webhook, which nobody needs in order to publish. */
export function toOpenReceipt(document: ReceiptDocument): OpenReceipt {
  const { _id: id, tenantId, carrier, accountId, providerMessageId, key } = document;
  const { receivedAt, correlationId, traceparent, event, attempts } = document;
  const common = {
    id,
    tenantId,
    carrier,
    accountId,
    providerMessageId,
    key,
    receivedAt,
    correlationId,
    traceparent,
    raw: null,
  };
  const receipt: Receipt =
    document.kind === 'message'
      ? { ...common, kind: 'message', messageId: document.messageId ?? '', event: event as InboundMessage }
      : { ...common, kind: 'status', messageId: null, event: event as CarrierStatus };
  return { receipt, timesPublished: attempts };
}
