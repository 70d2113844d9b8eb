import { setTimeout as after } from 'node:timers/promises';
import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { EventPublisher } from '@partyline/bus';
import type { ConversationEvent } from '@partyline/contracts';
import { failpoint } from '@partyline/kernel';
import { Bookkeeping } from '../../application/bookkeeping.js';
import type { Projected } from '../../application/log/conversation-log.js';
import { Outbox } from '../../application/outbox.js';
import { outgoingOf } from './outgoing.js';

/** Entries told in one go: all that came while the last ones were on their way. */
const PORTION = 256;
/** Beyond this the bus is away or too slow, and what comes is left to the relay. */
const MOST_WAITING = 5_000;
/** Marks wait so long for company: one write for many. Far below the age at which the relay takes an entry up. */
const MARK_LINGER_MS = 100;

/** Publishes what the log committed at once and in its order, and marks it a little later, in bulk. */
@Injectable()
export class EventOutbox extends Outbox implements BeforeApplicationShutdown {
  private readonly logger = new Logger('Outbox');
  private waiting: Projected[] = [];
  private draining: Promise<void> | undefined;
  private told: Projected[] = [];
  private marking: Promise<void> | undefined;
  private readonly stopping = new AbortController();
  private isFailing = false;

  constructor(
    private readonly publisher: EventPublisher,
    private readonly bookkeeping: Bookkeeping,
  ) {
    super();
  }

  override announce(items: readonly Projected[]): void {
    if (this.waiting.length + items.length > MOST_WAITING) return;
    this.waiting.push(...items);
    this.draining ??= this.drain().finally(() => {
      this.draining = undefined;
    });
  }

  override async announceAgain(items: readonly Projected[], attempt: string): Promise<void> {
    await this.mark(await this.tell(items, attempt));
  }

  override async repeat(
    items: readonly Projected[],
    type: ConversationEvent['type'],
    attempt: string,
  ): Promise<void> {
    const events = items.flatMap((item) => outgoingOf(item, attempt));
    const outcomes = await this.publisher.publish(events.filter(({ envelope }) => envelope.type === type));
    for (const outcome of outcomes) if (!outcome.ok) throw outcome.error;
  }

  override leaveToRelay(reason: unknown): void {
    this.logger.warn(`Lists are behind the log until the next sweep: ${messageOf(reason)}`);
  }

  /** The consumers have stopped by now; what they left here goes out while there is a bus. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.draining;
    this.stopping.abort();
    await this.marking;
  }

  private async drain(): Promise<void> {
    while (this.waiting.length > 0) {
      this.markSoon(await this.tell(this.waiting.splice(0, PORTION), ''));
    }
  }

  private markSoon(items: readonly Projected[]): void {
    this.told.push(...items);
    this.marking ??= this.markAll().finally(() => {
      this.marking = undefined;
    });
  }

  private async markAll(): Promise<void> {
    while (this.told.length > 0) {
      if (this.told.length < PORTION)
        await after(MARK_LINGER_MS, undefined, { signal: this.stopping.signal }).catch(() => undefined);
      try {
        await this.mark(this.told.splice(0, PORTION));
      } catch (error) {
        this.logger.warn(
          `Published entries could not be marked, so the relay will repeat them: ${messageOf(error)}`,
        );
      }
    }
  }

  private async mark(items: readonly Projected[]): Promise<void> {
    await this.bookkeeping.published(items);
    failpoint('inbox.entries-marked');
  }

  /** Gives those that all of the bus has. */
  private async tell(items: readonly Projected[], attempt: string): Promise<Projected[]> {
    const toTell = items.filter(({ entry }) => !entry.history);
    const events = toTell.map((item) => outgoingOf(item, attempt));
    const outcomes = events.length > 0 ? await this.publisher.publish(events.flat()) : [];
    failpoint('inbox.entries-published');
    const failed = new Set<Projected>();
    let next = 0;
    for (const [i, item] of toTell.entries()) {
      for (const _ of events[i] ?? []) {
        const outcome = outcomes[next++];
        if (outcome?.ok !== true) failed.add(item);
      }
    }
    const failure = outcomes.find((outcome) => !outcome.ok);
    this.report(failure?.ok === false ? failure.error : undefined, failed.size);
    return items.filter((item) => !failed.has(item));
  }

  /** Once when it begins and once when it is over, not for every entry in between. */
  private report(error: Error | undefined, count: number): void {
    if (error && !this.isFailing) {
      this.logger.warn(`${count} entries could not be published and wait for the relay: ${error.message}`);
    }
    if (!error && this.isFailing) this.logger.log('Entries are published again.');
    this.isFailing = error !== undefined;
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
