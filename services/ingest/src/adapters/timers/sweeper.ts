import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { StreamReset } from '@partyline/bus';
import { Lease } from '@partyline/mongo';
import { JoinParts } from '../../application/join-parts.js';
import { ReceiptPublisher } from '../../application/receipt-publisher.js';
import { ReceiptWriter } from '../../application/receipt-writer.js';
import { RepublishOpen } from '../../application/republish-open.js';

export class SweepOptions {
  /** Between two looks for open receipts, milliseconds. */
  constructor(readonly everyMs = 2_000) {}
}

const LEASE_MS = 30_000;

/** Publishes open receipts again in time; at once when the stream is new, this service is, or the bus was away. */
@Injectable()
export class Sweeper implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(Sweeper.name);
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private everythingIsDue = true;

  constructor(
    private readonly republish: RepublishOpen,
    private readonly lease: Lease,
    private readonly streamReset: StreamReset,
    private readonly writer: ReceiptWriter,
    private readonly publisher: ReceiptPublisher,
    private readonly parts: JoinParts,
    private readonly options: SweepOptions,
  ) {}

  onApplicationBootstrap(): void {
    this.streamReset.onStreamCreated(() => {
      this.everythingIsDue = true;
      this.sweepSoon();
    });
    this.timer = setInterval(() => this.sweepSoon(), this.options.everyMs);
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
    await this.writer.idle();
    await this.parts.idle();
    await this.publisher.idle();
  }

  private sweepSoon(): void {
    this.running ??= this.sweep().finally(() => (this.running = undefined));
  }

  private async sweep(): Promise<void> {
    try {
      await this.lease.runExclusively('republish-open', LEASE_MS, async (signal) => {
        await this.parts.sweep();
        await this.makeDue();
        await this.republish.execute(signal);
      });
    } catch (error) {
      this.everythingIsDue = true;
      this.logger.warn(`Open receipts could not be looked through, and are again soon: ${String(error)}`);
    }
  }

  private async makeDue(): Promise<void> {
    const due = this.publisher.takeFailure() || this.everythingIsDue;
    this.everythingIsDue = false;
    if (due) await this.republish.makeAllDue();
  }
}
