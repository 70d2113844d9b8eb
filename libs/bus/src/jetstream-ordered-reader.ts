import {
  AckPolicy,
  DeliverPolicy,
  jetstreamManager,
  JetStreamApiCodes,
  JetStreamApiError,
  type Consumer,
  type JsMsg,
} from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import { Logger } from '@nestjs/common';
import { envelopeSchema, type Envelope, type EventDefinition, type StreamName } from '@partyline/contracts';
import { newId } from '@partyline/kernel';
import { retryDelay } from './backoff.js';
import type { BusConnection } from './bus-connection.js';
import { CallUnavailable } from './call-client.js';
import { makeConsumer } from './durable-consumer.js';
import { parseEvent } from './incoming-event.js';
import {
  OrderedReader,
  type ReadEvent,
  type ReadOptions,
  type ReadReset,
  type StreamPosition,
} from './ordered-reader.js';
import { messageOf, pause } from './pause.js';

const AHEAD = 256;
const PULL_MS = 30_000;
const HEARTBEAT_MS = 5_000;
const FORGOTTEN_AFTER_MS = 60_000;
const LONGEST_PAUSE_MS = 2_000;

/**
 * Reads through consumers that live no longer than the connection, without acknowledgements. The client library's own
 * ordered consumer would go on reading a stream that was deleted and made anew as if it were the old one.
 */
export class JetStreamOrderedReader extends OrderedReader {
  private readonly logger = new Logger('Bus');

  constructor(
    private readonly connection: BusConnection,
    private readonly service: string,
  ) {
    super();
  }

  override async position(stream: StreamName): Promise<StreamPosition> {
    try {
      const { created, state } = await this.connection.whileConnected(async (nats) => {
        const manager = await jetstreamManager(nats, { checkAPI: false });
        return manager.streams.info(stream);
      });
      return {
        streamCreated: String(Date.parse(created)),
        lastSequence: state.last_seq,
        // A stream that was emptied counts on from where it was.
        firstSequence: state.messages === 0 ? state.last_seq + 1 : state.first_seq,
      };
    } catch (error) {
      const missing = error instanceof JetStreamApiError && error.code === JetStreamApiCodes.StreamNotFound;
      const why = missing ? 'it does not exist (yet)' : messageOf(error);
      throw new CallUnavailable(`stream "${stream}" cannot be read: ${why}`, { cause: error });
    }
  }

  override async *read(
    stream: StreamName,
    options: ReadOptions = {},
  ): AsyncGenerator<ReadEvent | ReadReset, void> {
    const signal = options.signal ?? new AbortController().signal;
    let next = options.startSequence;
    let created = options.streamCreated;
    for (let attempt = 1; !signal.aborted; attempt += 1) {
      try {
        const position = await this.position(stream);
        const isAnother = created !== undefined && created !== position.streamCreated;
        next ??= position.lastSequence + 1;
        if (isAnother || next < position.firstSequence || next > position.lastSequence + 1) {
          next = position.lastSequence + 1;
          yield { kind: 'reset', ...position };
        }
        created = position.streamCreated;
        const consumer = await this.attach(stream, next, options.definitions);
        for await (const event of this.follow(consumer, created, options.definitions, signal)) {
          attempt = 0;
          next = event.sequence + 1;
          if (event.envelope) yield { kind: 'event', ...event, envelope: event.envelope };
        }
      } catch (error) {
        if (attempt === 2) this.logger.warn(`Reading stream "${stream}" is interrupted: ${messageOf(error)}`);
      }
      await pause(retryDelay(attempt, Math.random, LONGEST_PAUSE_MS), signal);
    }
  }

  private attach(
    stream: StreamName,
    next: number,
    definitions?: readonly EventDefinition[],
  ): Promise<Consumer> {
    return makeConsumer(this.connection, stream, {
      name: newId(`${this.service}-reader`),
      ...(definitions ? { filter_subjects: definitions.map(({ pattern }) => pattern) } : {}),
      ack_policy: AckPolicy.None,
      deliver_policy: DeliverPolicy.StartSequence,
      opt_start_seq: next,
      max_deliver: 1,
      mem_storage: true,
      num_replicas: 1,
      inactive_threshold: nanos(FORGOTTEN_AFTER_MS),
    });
  }

  /** Ends where something may have been missed; whoever reads attaches again behind the last event. */
  private async *follow(
    consumer: Consumer,
    streamCreated: string,
    definitions: readonly EventDefinition[] | undefined,
    signal: AbortSignal,
  ) {
    let delivered = 0;
    while (!signal.aborted && this.connection.isConnected) {
      const messages = await consumer.fetch({
        max_messages: AHEAD,
        expires: PULL_MS,
        idle_heartbeat: HEARTBEAT_MS,
        bind: true,
      });
      const close = () => void messages.close();
      signal.addEventListener('abort', close, { once: true });
      const forget = this.connection.onDisconnected(close);
      // Aborted while the fetch was begun: nobody would close it before it expires.
      if (signal.aborted) close();
      try {
        for await (const message of messages) {
          delivered += 1;
          if (message.info.deliverySequence !== delivered) return;
          const { seq: sequence, subject } = message;
          yield { sequence, subject, streamCreated, envelope: this.parse(message, definitions) };
        }
      } finally {
        forget();
        signal.removeEventListener('abort', close);
        close();
      }
    }
  }

  private parse(message: JsMsg, definitions: readonly EventDefinition[] | undefined): Envelope | undefined {
    try {
      if (!definitions) return envelopeSchema.parse(message.json());
      const parsed = parseEvent(message, definitions);
      if (parsed.ok) return parsed.envelope;
      throw new Error(parsed.error);
    } catch (error) {
      this.logger.warn(`Event ${message.seq} on ${message.subject} is left out: ${messageOf(error)}`);
      return undefined;
    }
  }
}
