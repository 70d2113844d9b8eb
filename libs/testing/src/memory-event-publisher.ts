import { EventPublisher, type OutgoingEvent, type PublishOutcome } from '@partyline/bus';
import type { Envelope, EventDefinition } from '@partyline/contracts';

/** Remembers what was published; a repeated msgId is told as a duplicate and not kept again, as JetStream would. */
export class MemoryEventPublisher extends EventPublisher {
  readonly published: OutgoingEvent[] = [];
  private readonly ids = new Set<string>();
  private failure: Error | undefined;

  /** Every publication fails with this until it is undefined again. */
  failWith(error: Error | undefined): void {
    this.failure = error;
  }

  override publish(events: readonly OutgoingEvent[]): Promise<PublishOutcome[]> {
    return Promise.resolve(events.map((event) => this.publishOne(event)));
  }

  /** The data-checked envelopes of one kind, in order. Throws where one does not match its contract. */
  of<D>(definition: EventDefinition<D>): Envelope<D>[] {
    return this.published
      .filter(({ envelope }) => envelope.type === definition.type && envelope.version === definition.version)
      .map(({ envelope }) => definition.parse(envelope));
  }

  clear(): void {
    this.published.length = 0;
  }

  private publishOne(event: OutgoingEvent): PublishOutcome {
    if (this.failure) return { ok: false, error: this.failure };
    const id = event.msgId ?? event.envelope.id;
    const duplicate = this.ids.has(id);
    if (!duplicate) {
      this.ids.add(id);
      this.published.push(event);
    }
    return { ok: true, duplicate };
  }
}
