import { Injectable } from '@nestjs/common';
import { Clock, failpoint } from '@partyline/kernel';
import { reported, type CarrierReport } from '../domain/status.js';
import { AnnounceStatus } from './announce-status.js';
import { AttemptStore, type CarrierRef } from './attempt-store.js';
import { Dispatcher } from './dispatcher.js';
import { DeliverySettings } from './settings.js';

/** What became of a carrier's status: applied; not ours yet, perhaps soon; not ours at all. */
export type CarrierStatusOutcome =
  | { readonly kind: 'applied' }
  | { readonly kind: 'early'; readonly tryAgainMs: number }
  | { readonly kind: 'stray' };

/** A carrier told what became of a text. */
@Injectable()
export class ApplyCarrierStatus {
  constructor(
    private readonly attempts: AttemptStore,
    private readonly announce: AnnounceStatus,
    private readonly dispatcher: Dispatcher,
    private readonly settings: DeliverySettings,
    private readonly clock: Clock,
  ) {}

  async execute(ref: CarrierRef, report: CarrierReport, receivedAt: Date): Promise<CarrierStatusOutcome> {
    const attempt = await this.attempts.ofCarrier(ref);
    if (attempt === null) return this.unknown(receivedAt);
    const changed = await this.attempts.change(attempt, (current) =>
      reported(current, report, this.clock.now()),
    );
    failpoint('delivery.carrier-status-applied');
    // Announced even where nothing moved: ingest waits to hear that this receipt is settled.
    await this.announce.execute(changed ?? attempt, [report.receiptId]);
    failpoint('delivery.carrier-status-announced');
    this.dispatcher.wake(attempt);
    return { kind: 'applied' };
  }

  /** The webhook can beat the answer of the send call; and a carrier account can be used by others than us. */
  private unknown(receivedAt: Date): CarrierStatusOutcome {
    const ageMs = this.clock.now().getTime() - receivedAt.getTime();
    if (ageMs >= this.settings.strayStatusMs) return { kind: 'stray' };
    return { kind: 'early', tryAgainMs: Math.min(30_000, Math.max(200, ageMs)) };
  }
}
