import { Injectable, Logger } from '@nestjs/common';
import { EventPublisher } from '@partyline/bus';
import { Clock, failpoint } from '@partyline/kernel';
import { eventOf } from '../domain/receipt-event.js';
import { isGivenUp, patience, publicationId } from '../domain/republication.js';
import { IngestMetrics } from './ingest-metrics.js';
import { ReceiptStore, type OpenReceipt } from './receipt-store.js';

const PAGE = 500;

/** Publishes receipts again that nobody confirmed to stand in a conversation. */
@Injectable()
export class RepublishOpen {
  private readonly logger = new Logger(RepublishOpen.name);

  constructor(
    private readonly store: ReceiptStore,
    private readonly bus: EventPublisher,
    private readonly metrics: IngestMetrics,
    private readonly clock: Clock,
  ) {}

  /** Whatever is open is due. What is only on its way comes twice then, which harms nobody. */
  async makeAllDue(): Promise<void> {
    await this.store.makeAllDue(this.clock.now());
    failpoint('ingest.receipts-made-due');
  }

  /** Until nothing is due, the bus takes nothing of a page, or `signal` says that another may have begun. */
  async execute(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const due = await this.store.due(this.clock.now(), PAGE);
      const goesOn = await this.republish(due);
      if (!goesOn || due.length < PAGE) return;
    }
  }

  private async republish(due: readonly OpenReceipt[]): Promise<boolean> {
    const now = this.clock.now();
    const hopeless = due.filter(({ receipt }) => isGivenUp(receipt, now)).map(({ receipt }) => receipt);
    if (hopeless.length > 0) await this.store.giveUp(hopeless, 'no-such-message');
    const open = due.filter(({ receipt }) => !isGivenUp(receipt, now));
    if (open.length === 0) return true;
    const outcomes = await this.bus.publish(
      open.map(({ receipt, timesPublished }) => ({
        ...eventOf(receipt),
        msgId: publicationId(receipt.id, timesPublished),
      })),
    );
    failpoint('ingest.receipts-republished');
    const published = open.filter((_one, index) => outcomes[index]?.ok === true).length;
    const failure = outcomes.find((outcome) => !outcome.ok);
    if (failure) {
      this.logger.warn(
        `${open.length - published} open receipts could not be published again: ${failure.error.message}`,
      );
    }
    // The bus is away: all of it stays due, and goes out as soon as it is back.
    if (published === 0) return false;
    // What the bus refuses by itself is put off like the rest, or it would lead every page and hold up those behind it.
    await this.store.republished(
      open.map(({ receipt, timesPublished }) => ({
        tenantId: receipt.tenantId,
        id: receipt.id,
        nextAttemptAt: new Date(now.getTime() + patience(timesPublished + 1)),
      })),
    );
    this.metrics.republished(published);
    this.logger.log(`Published ${published} open receipts again.`);
    return true;
  }
}
