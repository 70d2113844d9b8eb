import type { Projected } from '../../src/application/log/conversation-log.js';
import { Outbox } from '../../src/application/outbox.js';

/** Remembers what it was given to tell. */
export class RecordingOutbox extends Outbox {
  readonly announced: Projected[] = [];
  readonly left: unknown[] = [];

  override announce(items: readonly Projected[]): void {
    this.announced.push(...items);
  }

  override announceAgain(items: readonly Projected[]): Promise<void> {
    this.announced.push(...items);
    return Promise.resolve();
  }

  override repeat(items: readonly Projected[]): Promise<void> {
    return this.announceAgain(items);
  }

  override leaveToRelay(reason: unknown): void {
    this.left.push(reason);
  }
}
