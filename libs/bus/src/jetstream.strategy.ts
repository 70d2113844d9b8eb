import { type CustomTransportStrategy, Server, type MessageHandler } from '@nestjs/microservices';
import type { NatsConnection, Subscription } from '@nats-io/transport-node';
import type { Envelope } from '@partyline/contracts';
import { isObservable, lastValueFrom, of, type Observable } from 'rxjs';
import { Answerer } from './answerer.js';
import type { CallRegistration } from './answers.js';
import { BatchSettler } from './batch-settler.js';
import type { BusConnection } from './bus-connection.js';
import type { BusObserver } from './bus-observer.js';
import type { BusOptions } from './bus-options.js';
import type { DeadLetters } from './dead-letters.js';
import { EventConsumer } from './event-consumer.js';
import type { EventsRegistration, Settlement } from './on-events.js';
import { JETSTREAM } from './transport-id.js';

type Registration = EventsRegistration | CallRegistration;

/** How long what a killed process had in hand waits for the next one; a living handler keeps saying that it works. */
const ACK_WAIT_MS = 10_000;

export interface StrategyParts {
  readonly options: BusOptions;
  readonly connection: BusConnection;
  readonly observer: BusObserver;
  /** Needed as soon as the application handles events. */
  readonly deadLetters: DeadLetters | undefined;
}

/** Nest's way to the bus: `@OnEvents` methods become durable consumers, `@Answers` methods answer requests. */
export class JetStreamStrategy extends Server implements CustomTransportStrategy {
  override readonly transportId = JETSTREAM;
  /** What a handler throws must reach us: it decides whether the event is delivered again. */
  override readonly propagatesEventHandlerErrors = true;
  readonly consumers: EventConsumer[] = [];
  private readonly answerers: Answerer[] = [];
  private readonly subscriptions: Subscription[] = [];
  private forget: (() => void) | undefined;

  constructor(private readonly parts: StrategyParts) {
    super();
  }

  override listen(callback: (error?: unknown) => void): void {
    try {
      this.register();
    } catch (error) {
      callback(error);
      return;
    }
    for (const consumer of this.consumers) consumer.start();
    // The client library renews subscriptions after a reconnect, so this happens once.
    this.forget = this.parts.connection.onConnected(() => this.subscribe(this.parts.connection.get()));
    callback();
  }

  /** Takes nothing more and resolves when everything taken is finished and acknowledged. */
  override async close(): Promise<void> {
    this.forget?.();
    await Promise.all([
      ...this.consumers.map((consumer) => consumer.stop()),
      ...this.subscriptions.map((subscription) => this.drain(subscription)),
    ]);
    await Promise.all(this.answerers.map((answerer) => answerer.finish()));
    if (this.parts.connection.isConnected) await this.parts.connection.get().flush();
  }

  override on(): never {
    throw new Error('the bus has no events to listen to: use BusConnection');
  }

  override unwrap<T>(): T {
    throw new Error('the bus does not hand out its connection: inject BusConnection');
  }

  private register(): void {
    for (const handler of this.messageHandlers.values()) {
      const registration = registrationOf(handler);
      if (registration?.kind === 'events') this.consumers.push(this.consumerOf(registration, handler));
      else if (registration?.kind === 'call') this.answerers.push(this.answererOf(registration, handler));
    }
    const names = this.consumers.map(({ name }) => name);
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice !== undefined) {
      throw new Error(
        `two @OnEvents methods would share the consumer "${twice}": give one of them another \`name\``,
      );
    }
  }

  private consumerOf(
    { name, definitions, batch, lingerMs }: EventsRegistration,
    handler: MessageHandler,
  ): EventConsumer {
    const { options, connection, observer, deadLetters } = this.parts;
    const durable = `${options.service}-${name}`;
    const [stream, ...others] = new Set(definitions.map((definition) => definition.stream));
    if (stream === undefined || others.length > 0) {
      throw new Error(
        `@OnEvents of "${durable}" must name events of exactly one stream, for only that has an order`,
      );
    }
    if (!deadLetters) {
      throw new Error(
        `"${durable}" needs somewhere to put dead letters: import MongoModule, or provide DeadLetters`,
      );
    }
    const handle = (events: readonly Envelope[]) =>
      this.invoke<void | readonly Settlement[]>(handler, events);
    const settler = new BatchSettler({ consumer: durable, definitions, handle, deadLetters, observer });
    return new EventConsumer({
      connection,
      stream,
      durable,
      subjects: definitions.map(({ pattern }) => pattern),
      batch,
      lingerMs,
      ackWaitMs: options.ackWaitMs ?? ACK_WAIT_MS,
      settle: (messages) => settler.settle(messages),
    });
  }

  private answererOf({ definition }: CallRegistration, handler: MessageHandler): Answerer {
    const { service } = this.parts.options;
    if (definition.service !== service) {
      throw new Error(
        `${definition.pattern} is answered by the service ${definition.service}, not by ${service}`,
      );
    }
    return new Answerer(definition, (request) => this.invoke(handler, request), this.parts.observer);
  }

  private subscribe(connection: NatsConnection): void {
    if (this.subscriptions.length > 0) return;
    for (const answerer of this.answerers) {
      const subscription = connection.subscribe(answerer.pattern, {
        queue: this.parts.options.service,
        callback: (error, message) => {
          if (error) this.logger.error(`${answerer.pattern} cannot be answered: ${error.message}`);
          else answerer.take(message);
        },
      });
      this.subscriptions.push(subscription);
    }
  }

  private async invoke<T>(handler: MessageHandler<unknown, unknown, T>, input: unknown): Promise<T> {
    const result: Observable<T> | T = await handler(input, {});
    return lastValueFrom(isObservable(result) ? result : of(result));
  }

  private async drain(subscription: Subscription): Promise<void> {
    if (!subscription.isClosed() && this.parts.connection.isConnected) await subscription.drain();
  }
}

function registrationOf(handler: MessageHandler): Registration | undefined {
  return (handler.extras as { registration?: Registration } | undefined)?.registration;
}
