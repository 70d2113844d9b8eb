import { jetstream, type JetStreamClient } from '@nats-io/jetstream';
import { errors, headers, type NatsConnection } from '@nats-io/transport-node';
import type { BusConnection } from './bus-connection.js';
import type { BusObserver } from './bus-observer.js';
import type { OwnStream } from './own-stream.js';
import { EventPublisher, type OutgoingEvent, type PublishOutcome } from './publisher.js';

/** How many may be on their way at once; more would only wait in the server's memory. */
const WINDOW = 256;
const ACK_TIMEOUT_MS = 5_000;

/** Publishes on JetStream, pipelined: events leave in order, their acknowledgements are awaited together. */
export class JetStreamPublisher extends EventPublisher {
  private client: { connection: NatsConnection; jetstream: JetStreamClient } | undefined;

  constructor(
    private readonly connection: BusConnection,
    private readonly ownStream: OwnStream,
    private readonly stream: string | undefined,
    private readonly observer: BusObserver,
  ) {
    super();
  }

  override async publish(events: readonly OutgoingEvent[]): Promise<PublishOutcome[]> {
    const outcomes: PublishOutcome[] = [];
    for (let start = 0; start < events.length; start += WINDOW) {
      outcomes.push(...(await this.publishWindow(events.slice(start, start + WINDOW))));
    }
    return outcomes;
  }

  private async publishWindow(events: readonly OutgoingEvent[]): Promise<PublishOutcome[]> {
    const started = performance.now();
    let outcomes = await this.publishAtOnce(events);
    if (outcomes.some(streamIsMissing)) outcomes = await this.publishAgain(events, outcomes);
    const lost = outcomes.filter((outcome) => !outcome.ok).length;
    this.observer.published(events.length - lost, lost, (performance.now() - started) / 1000);
    return outcomes;
  }

  /** Nobody took them: our stream is gone. Its owner is us, so it is made anew and they are sent once more. */
  private async publishAgain(
    events: readonly OutgoingEvent[],
    outcomes: readonly PublishOutcome[],
  ): Promise<PublishOutcome[]> {
    try {
      await this.ownStream.ensure();
    } catch {
      return [...outcomes];
    }
    const missed = events.filter((_event, index) => outcomes[index] && streamIsMissing(outcomes[index]));
    const again = (await this.publishAtOnce(missed)).values();
    return outcomes.map((outcome) => (streamIsMissing(outcome) ? (again.next().value ?? outcome) : outcome));
  }

  /** Where the connection is lost meanwhile, nothing is known of any of them: all count as failed, and are told again. */
  private async publishAtOnce(events: readonly OutgoingEvent[]): Promise<PublishOutcome[]> {
    try {
      return await this.connection.whileConnected((nats) => {
        const client = this.jetstreamOf(nats);
        return Promise.all(events.map((event) => this.publishOne(client, event)));
      });
    } catch (error) {
      return events.map(() => failed(error));
    }
  }

  private async publishOne(client: JetStreamClient, event: OutgoingEvent): Promise<PublishOutcome> {
    try {
      const { stream } = this;
      if (stream === undefined || !event.subject.startsWith(`${stream}.`)) {
        throw new Error(
          `this service does not own the stream of "${event.subject}" and must not publish to it`,
        );
      }
      const { duplicate } = await client.publish(event.subject, JSON.stringify(event.envelope), {
        msgID: event.msgId ?? event.envelope.id,
        expect: { streamName: stream },
        timeout: ACK_TIMEOUT_MS,
        ...(event.envelope.traceparent === undefined
          ? {}
          : { headers: traceHeaders(event.envelope.traceparent) }),
      });
      return { ok: true, duplicate };
    } catch (error) {
      return failed(error);
    }
  }

  private jetstreamOf(connection: NatsConnection): JetStreamClient {
    if (this.client?.connection !== connection)
      this.client = { connection, jetstream: jetstream(connection) };
    return this.client.jetstream;
  }
}

function failed(error: unknown): PublishOutcome {
  return { ok: false, error: error instanceof Error ? error : new Error(String(error)) };
}

function traceHeaders(traceparent: string) {
  const carrier = headers();
  carrier.set('traceparent', traceparent);
  return carrier;
}

function streamIsMissing(outcome: PublishOutcome): boolean {
  if (outcome.ok) return false;
  const { cause } = outcome.error;
  return cause instanceof errors.RequestError && cause.isNoResponders();
}
