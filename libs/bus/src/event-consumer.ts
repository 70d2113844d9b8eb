import { Logger } from '@nestjs/common';
import type { Consumer, ConsumerMessages } from '@nats-io/jetstream';
import { retryDelay } from './backoff.js';
import type { BusConnection } from './bus-connection.js';
import { durableConfig, findOrMakeConsumer, StreamMissing } from './durable-consumer.js';
import type { IncomingMessage } from './incoming-event.js';
import { messageOf, pause } from './pause.js';
import { WorkQueue } from './work-queue.js';

export interface EventConsumerOptions {
  readonly connection: BusConnection;
  readonly stream: string;
  readonly durable: string;
  readonly subjects: readonly string[];
  readonly batch: number;
  readonly lingerMs: number;
  readonly ackWaitMs: number;
  readonly settle: (messages: readonly IncomingMessage[]) => Promise<void>;
}

/** How long one pull request waits at the server, and how often the server says meanwhile that it is there. */
const PULL_MS = 30_000;
const HEARTBEAT_MS = 5_000;
const LONGEST_PAUSE_MS = 2_000;
/** At a first start the services come up together, each with its stream. */
const LONGEST_WAIT_FOR_STREAM_MS = 500;
/** A pull is quiet when nothing came for so long; one that never is gets a second. */
const QUIET_MS = 25;
const QUIET_LOOKS = 40;

/**
 * One durable consumer: pulls ahead of its handler, hands over whatever is there (one event at low load, whole batches
 * under load), and makes the consumer anew wherever stream, consumer or connection went away.
 */
export class EventConsumer {
  private readonly logger = new Logger('Bus');
  private readonly ending = new AbortController();
  private readonly queue: WorkQueue;
  private fetching: ConsumerMessages | undefined;
  private running: Promise<unknown> = Promise.resolve();
  private attempt = 0;
  private received = 0;
  private healthy = false;

  constructor(private readonly options: EventConsumerOptions) {
    this.queue = new WorkQueue(options, options.ackWaitMs / 3, options.settle);
  }

  start(): void {
    this.running = Promise.all([this.pullForEver(), this.queue.run()]);
  }

  /** Whether it is attached to its stream now. */
  get isHealthy(): boolean {
    return this.healthy;
  }

  get name(): string {
    return this.options.durable;
  }

  get stream(): string {
    return this.options.stream;
  }

  /** Takes nothing more, finishes what is in the handler's hands, and gives back the rest. */
  async stop(): Promise<void> {
    this.ending.abort();
    this.queue.close();
    await this.untilQuiet();
    void this.fetching?.close();
    await this.running;
  }

  /** What is on its way to us when we stop listening would only come again when its acknowledgement is overdue. */
  private async untilQuiet(): Promise<void> {
    const never = new AbortController().signal;
    for (let before = -1, looks = 0; before !== this.received && looks < QUIET_LOOKS; looks += 1) {
      before = this.received;
      await pause(QUIET_MS, never);
    }
  }

  private async pullForEver(): Promise<void> {
    const { connection } = this.options;
    const forget = connection.onDisconnected(() => void this.fetching?.close());
    while (!this.ending.signal.aborted) {
      try {
        await this.pull(await this.attach());
      } catch (error) {
        await this.waitAfter(error);
      }
    }
    this.healthy = false;
    forget();
  }

  private async attach(): Promise<Consumer> {
    const { connection, stream, durable, subjects, ackWaitMs } = this.options;
    const consumer = await findOrMakeConsumer(
      connection,
      stream,
      durableConfig(durable, subjects, ackWaitMs),
    );
    if (!this.healthy) this.logger.log(`${durable} follows stream "${stream}".`);
    this.healthy = true;
    return consumer;
  }

  /** Returns after a disconnect or when it is to stop; throws where consumer or stream went away. */
  private async pull(consumer: Consumer): Promise<void> {
    const { connection, batch } = this.options;
    while (!this.ending.signal.aborted && connection.isConnected) {
      await this.queue.room();
      if (this.ending.signal.aborted) return;
      this.fetching = await consumer.fetch({
        max_messages: batch,
        expires: PULL_MS,
        idle_heartbeat: HEARTBEAT_MS,
        bind: true,
      });
      for await (const message of this.fetching) {
        this.attempt = 0;
        this.received += 1;
        this.queue.add(message);
      }
      this.attempt = 0;
    }
  }

  private async waitAfter(error: unknown): Promise<void> {
    const { durable, connection } = this.options;
    const isMissing = error instanceof StreamMissing;
    this.attempt += 1;
    const longest = isMissing ? LONGEST_WAIT_FOR_STREAM_MS : LONGEST_PAUSE_MS;
    const again = retryDelay(this.attempt, Math.random, longest);
    const worthSaying = (this.healthy || this.attempt === 2) && connection.isConnected;
    this.healthy = false;
    if (worthSaying && isMissing) this.logger.log(`${durable} waits: ${error.message}`);
    else if (worthSaying) this.logger.warn(`${durable} attaches again: ${messageOf(error)}`);
    await pause(again, this.ending.signal);
  }
}
