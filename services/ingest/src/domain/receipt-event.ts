import {
  CarrierStatusReceived,
  InboundMessageReceived,
  type Envelope,
  type EventDefinition,
} from '@partyline/contracts';
import type { Receipt } from './receipt.js';

export interface ReceiptEvent {
  readonly subject: string;
  readonly envelope: Envelope;
}

/** What the other services hear of a receipt. Its id is the receipt's, so repeats are recognised. */
export function eventOf(receipt: Receipt): ReceiptEvent {
  const definition: EventDefinition =
    receipt.kind === 'message' ? InboundMessageReceived : CarrierStatusReceived;
  return {
    subject: definition.subject(receipt.tenantId),
    envelope: {
      id: receipt.id,
      type: definition.type,
      version: definition.version,
      occurredAt: receipt.receivedAt.toISOString(),
      tenantId: receipt.tenantId,
      aggregateId: receipt.messageId ?? receipt.id,
      actor:
        receipt.kind === 'message'
          ? { kind: 'contact', id: receipt.event.from }
          : { kind: 'carrier', id: receipt.carrier },
      correlationId: receipt.correlationId,
      ...(receipt.traceparent === null ? {} : { traceparent: receipt.traceparent }),
      data: receipt.event,
    },
  };
}
