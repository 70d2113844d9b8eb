import type { ConversationEvent } from '@partyline/contracts';
import type { Projected } from './log/conversation-log.js';

/** What was committed is told to everybody else from here. The log itself is the outbox: nothing is lost with this. */
export abstract class Outbox {
  /** Returns at once; publishes in order, marks in bulk. What fails stays unmarked, for the relay. */
  abstract announce(items: readonly Projected[]): void;

  /** Publishes again what may have been told before; `attempt` tells the stream that this repeat is meant. */
  abstract announceAgain(items: readonly Projected[], attempt: string): Promise<void>;

  /**
   * Publishes only the events of one type in these entries again, and does not mark the entries. Rejects unless all of
   * them are on the stream.
   */
  abstract repeat(
    items: readonly Projected[],
    type: ConversationEvent['type'],
    attempt: string,
  ): Promise<void>;

  /** Lists could not be brought up to date: a sweep will, and will publish then. */
  abstract leaveToRelay(reason: unknown): void;
}
