import { Injectable, Logger } from '@nestjs/common';
import { readDelivered, type CarrierEvent, type Delivery } from '@partyline/carriers';
import { Clock, failpoint, newId } from '@partyline/kernel';
import type { ArrivedText, OpenTexts } from '../domain/open-texts.js';
import { receiptsOf } from '../domain/receipt.js';
import { attempt } from './attempt.js';
import type { BoundLine } from './bound-accounts.js';
import { IngestMetrics } from './ingest-metrics.js';
import { ReceiptWriter } from './receipt-writer.js';
import { RefusalCounters } from './refusal-counters.js';
import { RefusedWebhooks } from './refused-webhooks.js';

/**
 * `kept`: it is durable. `refused`: it makes no sense, and never will. `later`, and `busy` where more wait than we hold: it
 * has to come again.
 */
export type DeliveryVerdict = 'kept' | 'refused' | 'later' | 'busy';

export interface AcceptedDelivery {
  readonly verdict: Promise<DeliveryVerdict>;
  /** null where it is no text. */
  readonly arrived: ArrivedText | null;
}

const METHOD = 'SMPP';

/** What an SMSC hands over goes the way of a webhook: it is answered only when it is durable. */
@Injectable()
export class AcceptDelivery {
  private readonly logger = new Logger(AcceptDelivery.name);

  constructor(
    private readonly writer: ReceiptWriter,
    private readonly refusals: RefusalCounters,
    private readonly refused: RefusedWebhooks,
    private readonly metrics: IngestMetrics,
    private readonly clock: Clock,
  ) {}

  /** To be called in the order in which things come in. */
  execute(line: BoundLine, texts: OpenTexts, delivery: Delivery): AcceptedDelivery {
    const { account, open } = line;
    const now = this.clock.now();
    const read = attempt(() => (delivery.pdu.ok ? readDelivered(delivery.pdu.value, open) : delivery.pdu));
    this.refusals.seen(account, now);
    if (!read.ok) {
      this.refuse(line, delivery, read.error, now);
      return { verdict: Promise.resolve('refused'), arrived: null };
    }
    if (read.value.kind === 'report') {
      return { verdict: this.keep(line, read.value.report, delivery, now), arrived: null };
    }
    // Somebody may set the clock of the machine, and texts must not come twice for it.
    const arrived = texts.arrive(read.value.fingerprint, delivery.sequence, performance.now());
    const event = { ...read.value.text, providerMessageId: arrived.id };
    const verdict = this.keep(line, event, delivery, now).then((said) => {
      if (arrived.again && said === 'kept')
        this.logger.log(`Account "${account.id}" was handed text ${arrived.id} again: it counts once`);
      return said;
    });
    return { verdict, arrived };
  }

  private async keep(
    { account }: BoundLine,
    event: CarrierEvent,
    { frame, command }: Delivery,
    receivedAt: Date,
  ): Promise<DeliveryVerdict> {
    const receipts = receiptsOf(account, [event], {
      receivedAt,
      correlationId: newId('co'),
      traceparent: null,
      raw: { method: METHOD, query: '', headers: { command }, body: frame },
    });
    failpoint('ingest.delivery-taken');
    const appended = await this.writer.append(receipts);
    if (appended === 'durable') {
      this.metrics.webhook(account, 'accepted');
      return 'kept';
    }
    const isFull = appended === 'overloaded';
    this.metrics.webhook(account, isFull ? 'overloaded' : 'unavailable');
    return isFull ? 'busy' : 'later';
  }

  private refuse({ account }: BoundLine, { frame, command }: Delivery, reason: string, at: Date): void {
    this.refusals.refused(account, 'malformed');
    this.metrics.webhook(account, 'malformed');
    this.logger.warn(`Refused a ${command} for ${account.carrier} account "${account.id}": ${reason}`);
    // Bytes that nobody could read are shown in hexadecimal.
    const body = Buffer.from(frame.toString('hex'));
    this.refused.record(account, {
      at,
      kind: 'malformed',
      reason,
      raw: { method: METHOD, query: '', headers: { command }, body },
      bytes: frame.length,
      correlationId: newId('co'),
    });
  }
}
