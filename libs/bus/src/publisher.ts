import type { Envelope } from '@partyline/contracts';

export interface OutgoingEvent {
  /** `Definition.subject(tenantId, scope?)`. */
  readonly subject: string;
  readonly envelope: Envelope;
  /** What JetStream recognises a repeat by, inside of two minutes; `envelope.id` unless given. */
  readonly msgId?: string;
}

/** `duplicate`: the stream held a message with this msgId already. */
export type PublishOutcome =
  | { readonly ok: true; readonly duplicate: boolean }
  | { readonly ok: false; readonly error: Error };

/** Puts events on this service's own stream. */
export abstract class EventPublisher {
  /**
   * Publishes in the order given and waits for the stream's acknowledgement of each. Never rejects: the outcome at
   * index i is that of event i. A failed one is the caller's to publish again (its sweeper does).
   */
  abstract publish(events: readonly OutgoingEvent[]): Promise<PublishOutcome[]>;
}
