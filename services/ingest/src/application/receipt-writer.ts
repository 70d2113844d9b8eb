import { Injectable } from '@nestjs/common';
import { Clock, failpoint } from '@partyline/kernel';
import type { Receipt } from '../domain/receipt.js';
import { patience } from '../domain/republication.js';
import { JoinParts } from './join-parts.js';
import { IngestMetrics } from './ingest-metrics.js';
import { NumberActivity } from './number-activity.js';
import { ReceiptPublisher } from './receipt-publisher.js';
import { ReceiptStore, type Stored } from './receipt-store.js';

/** `durable`: every receipt is stored, now or before. `unknown`: at least one may not be. */
export type Appended = 'durable' | 'unknown' | 'overloaded';

export class WriterLimits {
  constructor(
    /** How many receipts may wait to be written; more are refused before memory grows. */
    readonly mostWaiting = 5_000,
    /** How many bytes of bodies may wait. */
    readonly mostBytes = 128 * 1024 * 1024,
    /** How long a webhook waits for its receipts to be durable, milliseconds. */
    readonly patienceMs = 5_000,
    readonly batchReceipts = 500,
    readonly batchBytes = 16 * 1024 * 1024,
  ) {}
}

interface Entry {
  readonly receipts: readonly Receipt[];
  readonly bytes: number;
  readonly settle: (appended: Appended) => void;
  /** Whoever waited was told `unknown`; the carrier will come again. */
  abandoned: boolean;
}

/**
 * Group commit: an idle writer writes at once; while it writes, what comes in gathers for the next write. So a write
 * that is confirmed by a majority and journaled is shared by all that wait, and nobody waits for a timer.
 */
@Injectable()
export class ReceiptWriter {
  private queue: Entry[] = [];
  private waiting = 0;
  private waitingBytes = 0;
  private active = false;
  private work: Promise<void> = Promise.resolve();

  constructor(
    private readonly store: ReceiptStore,
    private readonly publisher: ReceiptPublisher,
    private readonly parts: JoinParts,
    private readonly metrics: IngestMetrics,
    private readonly activity: NumberActivity,
    private readonly clock: Clock,
    private readonly limits: WriterLimits,
  ) {}

  /** Stores the receipts of one webhook, and hands what is new to the publisher. Never rejects. */
  append(receipts: readonly Receipt[]): Promise<Appended> {
    if (receipts.length === 0) return Promise.resolve('durable');
    const bytes = receipts.reduce((sum, { raw }) => sum + (raw?.body.length ?? 0), 0);
    if (
      this.waiting + receipts.length > this.limits.mostWaiting ||
      this.waitingBytes + bytes > this.limits.mostBytes
    ) {
      return Promise.resolve('overloaded');
    }
    return new Promise<Appended>((resolve) => {
      const entry: Entry = {
        receipts,
        bytes,
        abandoned: false,
        settle: (appended) => {
          clearTimeout(timer);
          resolve(appended);
        },
      };
      const timer = setTimeout(() => {
        entry.abandoned = true;
        resolve('unknown');
      }, this.limits.patienceMs);
      this.queue.push(entry);
      this.waiting += receipts.length;
      this.waitingBytes += bytes;
      if (!this.active) this.work = this.writeAll();
    });
  }

  /** Resolves when nothing waits any more. */
  async idle(): Promise<void> {
    while (this.active) await this.work;
  }

  private async writeAll(): Promise<void> {
    this.active = true;
    try {
      while (this.queue.length > 0) {
        const batch = this.take();
        if (batch.length > 0) await this.write(batch);
      }
    } finally {
      this.active = false;
    }
  }

  private take(): Entry[] {
    const batch: Entry[] = [];
    let receipts = 0;
    let bytes = 0;
    let taken = 0;
    for (const entry of this.queue) {
      const fits =
        receipts + entry.receipts.length <= this.limits.batchReceipts &&
        bytes + entry.bytes <= this.limits.batchBytes;
      if (batch.length > 0 && !fits) break;
      taken += 1;
      if (entry.abandoned) this.release(entry);
      else {
        batch.push(entry);
        receipts += entry.receipts.length;
        bytes += entry.bytes;
      }
    }
    this.queue = this.queue.slice(taken);
    return batch;
  }

  private async write(batch: readonly Entry[]): Promise<void> {
    const receipts = batch.flatMap((entry) => entry.receipts);
    const started = performance.now();
    const nextAttemptAt = new Date(this.clock.now().getTime() + patience(1));
    const outcomes = await this.store.insert(receipts, nextAttemptAt);
    failpoint('ingest.receipts-stored');
    this.metrics.batch(receipts.length, (performance.now() - started) / 1000);
    let first = 0;
    for (const entry of batch) {
      const its = outcomes.slice(first, first + entry.receipts.length);
      first += entry.receipts.length;
      this.release(entry);
      entry.settle(its.includes('unknown') ? 'unknown' : 'durable');
    }
    const stored = receipts.filter((receipt, index) => this.countAndTell(receipt, outcomes[index]));
    this.publisher.publishSoon(stored.filter(({ part }) => part === undefined));
    this.parts.soon(stored.filter(({ part }) => part !== undefined));
  }

  private countAndTell(receipt: Receipt, outcome: Stored | undefined): boolean {
    if (outcome === 'new' || outcome === 'duplicate') this.metrics.stored(receipt, outcome);
    if (outcome === 'new' && receipt.kind === 'message') {
      this.activity.heard(receipt.tenantId, receipt.event.to, receipt.accountId, receipt.receivedAt);
    }
    return outcome === 'new';
  }

  private release(entry: Entry): void {
    this.waiting -= entry.receipts.length;
    this.waitingBytes -= entry.bytes;
  }
}
