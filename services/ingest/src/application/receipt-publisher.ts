import { Injectable, Logger } from '@nestjs/common';
import { EventPublisher } from '@partyline/bus';
import { failpoint } from '@partyline/kernel';
import type { Receipt } from '../domain/receipt.js';
import { eventOf, type ReceiptEvent } from '../domain/receipt-event.js';

/** Beyond this many, receipts are left to the sweeper: they are durable, and memory is not endless. */
const MOST_WAITING = 20_000;
const AT_ONCE = 500;

/** Tells the other services of new receipts, in the order in which they were stored. */
@Injectable()
export class ReceiptPublisher {
  private readonly logger = new Logger(ReceiptPublisher.name);
  /** Events only: the bodies of webhooks are stored, and would fill the memory while the bus is away. */
  private queue: ReceiptEvent[] = [];
  private active = false;
  private failed = false;
  private work: Promise<void> = Promise.resolve();

  constructor(private readonly bus: EventPublisher) {}

  /** Returns at once: whoever waits for an answer to a webhook must not wait for the bus, too. */
  publishSoon(receipts: readonly Receipt[]): void {
    if (receipts.length === 0) return;
    if (this.queue.length + receipts.length > MOST_WAITING) {
      this.failed = true;
      this.logger.warn(
        `The bus is behind by ${this.queue.length} texts; newer ones are published by the sweeper.`,
      );
      return;
    }
    this.queue.push(...receipts.map(eventOf));
    if (!this.active) this.work = this.publishAll();
  }

  /** Whether anything could not be published since this was last asked. */
  takeFailure(): boolean {
    const { failed } = this;
    this.failed = false;
    return failed;
  }

  /** Resolves when everything was tried once. */
  async idle(): Promise<void> {
    while (this.active) await this.work;
  }

  private async publishAll(): Promise<void> {
    this.active = true;
    try {
      await new Promise<void>((resolve) => setImmediate(resolve));
      while (this.queue.length > 0) await this.publishNext();
    } finally {
      this.active = false;
    }
  }

  private async publishNext(): Promise<void> {
    const events = this.queue.slice(0, AT_ONCE);
    this.queue = this.queue.slice(AT_ONCE);
    failpoint('ingest.webhook-answered');
    const outcomes = await this.bus.publish(events);
    failpoint('ingest.receipts-published');
    const failed = outcomes.filter((outcome) => !outcome.ok);
    if (failed[0]) {
      this.failed = true;
      this.logger.warn(
        `${failed.length} of ${outcomes.length} receipts could not be published now and stay open: ${failed[0].error.message}`,
      );
    }
  }
}
