import { Logger } from '@nestjs/common';
import { SpanKind } from '@opentelemetry/api';
import type { Envelope, EventDefinition } from '@partyline/contracts';
import { failpoint } from '@partyline/kernel';
import { retryDelay } from './backoff.js';
import type { BusObserver } from './bus-observer.js';
import { runInContext, type WorkContext } from './context.js';
import type { DeadLetters } from './dead-letters.js';
import { parseEvent, toDeadLetter, type IncomingMessage } from './incoming-event.js';
import type { Settlement } from './on-events.js';
import { messageOf } from './pause.js';
import { inSpan } from './tracing.js';

interface Item {
  readonly message: IncomingMessage;
  readonly envelope: Envelope;
}

export interface BatchSettlerOptions {
  /** Name of the durable consumer. */
  readonly consumer: string;
  readonly definitions: readonly EventDefinition[];
  readonly handle: (events: readonly Envelope[]) => Promise<void | readonly Settlement[]>;
  readonly deadLetters: DeadLetters;
  readonly observer: BusObserver;
  readonly random?: () => number;
}

/** After so many failures in a row, one by one, the fault is taken to be everywhere and the rest waits. */
const HOPELESS_AFTER = 3;

/** Hands batches to their handler and tells JetStream what became of each message, only after it is certain. */
export class BatchSettler {
  private readonly logger = new Logger('Bus');

  constructor(private readonly options: BatchSettlerOptions) {}

  /** Never rejects: whatever goes wrong ends as a message that is delivered again. */
  async settle(messages: readonly IncomingMessage[]): Promise<void> {
    try {
      await this.settleAll(messages);
    } catch (error) {
      this.logger.error(
        `${this.options.consumer}: JetStream cannot be told what became of its events: ${messageOf(error)}`,
      );
    }
  }

  private async settleAll(messages: readonly IncomingMessage[]): Promise<void> {
    const items: Item[] = [];
    for (const message of messages) {
      const parsed = parseEvent(message, this.options.definitions);
      if (parsed.ok) items.push({ message, envelope: parsed.envelope });
      else await this.bury(message, parsed);
    }
    if (items.length === 0) return;
    try {
      await this.handle(items);
    } catch (error) {
      if (items.length === 1) this.retry(items, error);
      else await this.handleOneByOne(items, error);
    }
  }

  private async handle(items: readonly Item[]): Promise<void> {
    const started = performance.now();
    const envelopes = items.map(({ envelope }) => envelope);
    const { consumer } = this.options;
    const span = {
      name: `handle ${consumer}`,
      kind: SpanKind.CONSUMER,
      from: [...new Set(envelopes.flatMap(({ traceparent }) => traceparent ?? []))],
      attributes: { 'messaging.batch.message_count': items.length },
    };
    const settlements = await runInContext(contextOf(envelopes), async () => {
      const settled = await inSpan(span, () => this.options.handle(envelopes));
      const ms = Math.round(performance.now() - started);
      this.logger.log({ msg: 'handled', consumer, events: items.length, ms });
      return settled;
    });
    if (settlements && settlements.length !== items.length) {
      throw new Error(`${this.options.consumer} settled ${settlements.length} of ${items.length} events`);
    }
    this.options.observer.handled(this.options.consumer, items.length, (performance.now() - started) / 1000);
    for (const [index, item] of items.entries()) {
      await this.apply(item, settlements ? settlements[index] : undefined);
    }
  }

  private async apply(item: Item, settlement: Settlement | undefined): Promise<void> {
    if (!settlement || settlement.kind === 'ack') item.message.ack();
    else if (settlement.kind === 'dead') {
      const { reason } = settlement;
      await this.bury(item.message, { reason, error: reason });
    } else {
      this.options.observer.retried(this.options.consumer, 1);
      item.message.nak(settlement.delayMs ?? this.delay(item.message));
    }
  }

  /** One event that fails must not hold up those that came with it. */
  private async handleOneByOne(items: readonly Item[], batchError: unknown): Promise<void> {
    this.logger.warn(
      `${this.options.consumer}: a batch of ${items.length} failed (${messageOf(batchError)}); trying one by one.`,
    );
    let failuresInARow = 0;
    for (const [index, item] of items.entries()) {
      try {
        await this.handle([item]);
        failuresInARow = 0;
      } catch (error) {
        failuresInARow += 1;
        const hopeless = failuresInARow === HOPELESS_AFTER;
        this.retry(hopeless ? items.slice(index) : [item], error);
        if (hopeless) return;
      }
    }
  }

  private retry(items: readonly Item[], error: unknown): void {
    const [first] = items;
    if (!first) return;
    const { consumer, observer } = this.options;
    observer.retried(consumer, items.length);
    // The same delay for all, so that they come back in the order they have.
    const attempt = Math.max(...items.map(({ message }) => message.info.deliveryCount));
    const delay = retryDelay(attempt, this.options.random);
    for (const { message } of items) message.nak(delay);
    const which =
      items.length === 1 ? first.envelope.id : `${first.envelope.id} and ${items.length - 1} more`;
    const line = `${consumer}: ${which} failed (try ${attempt}), again in ${delay} ms: ${messageOf(error)}`;
    runInContext(contextOf([first.envelope]), () =>
      this.logger.error(line, error instanceof Error ? error.stack : undefined),
    );
  }

  private async bury(
    message: IncomingMessage,
    verdict: { readonly reason: string; readonly error: string },
  ): Promise<void> {
    const { consumer, deadLetters, observer } = this.options;
    const letter = toDeadLetter(message, consumer, verdict);
    try {
      await deadLetters.store(letter);
    } catch (error) {
      const delay = this.delay(message);
      this.logger.error(
        `${consumer}: dead letter ${letter.id} could not be kept, again in ${delay} ms: ${messageOf(error)}`,
      );
      observer.retried(consumer, 1);
      message.nak(delay);
      return;
    }
    failpoint('bus.dead-letter-kept');
    // Only now: a terminated message is gone from this consumer for good.
    message.term(verdict.reason);
    observer.dead(consumer, verdict.reason);
    this.logger.error(
      `${consumer}: ${letter.id} on ${letter.subject} is a dead letter (${verdict.reason}): ${verdict.error}`,
    );
  }

  private delay(message: IncomingMessage): number {
    return retryDelay(message.info.deliveryCount, this.options.random);
  }
}

function contextOf(envelopes: readonly Envelope[]): WorkContext {
  const [first] = envelopes;
  const correlationIds = [...new Set(envelopes.map(({ correlationId }) => correlationId))];
  return {
    correlationId: first?.correlationId ?? '',
    ...(envelopes.length === 1 && first?.traceparent !== undefined ? { traceparent: first.traceparent } : {}),
    ...(correlationIds.length > 1 ? { correlationIds } : {}),
  };
}
