import { applyDecorators, UseFilters } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import type { Envelope, EventDefinition } from '@partyline/contracts';
import { PassErrorsOn } from './pass-errors-on.js';
import { JETSTREAM } from './transport-id.js';

/** What becomes of one event of a batch. `retry`: delivered again after a delay; `dead`: it can never be handled. */
export type Settlement =
  | { readonly kind: 'ack' }
  | { readonly kind: 'retry'; readonly delayMs?: number }
  | { readonly kind: 'dead'; readonly reason: string };

export interface OnEventsOptions {
  /** The most events that the method gets at once; 64 unless given. */
  readonly batch?: number;
  /**
   * How long it waits for company before it is called, milliseconds; 0 unless given. For what nobody is waiting for:
   * a handful of events in one write cost a fraction of as many writes.
   */
  readonly lingerMs?: number;
  /** The durable consumer's name behind the service's; the method's name unless given. */
  readonly name?: string;
}

/** What a decorated method is registered with; read by the strategy. */
export interface EventsRegistration {
  readonly kind: 'events';
  readonly name: string;
  readonly batch: number;
  readonly lingerMs: number;
  readonly definitions: readonly EventDefinition[];
}

/** The envelope of an event, by its definition: `EventOf<typeof MessageRouted>`. */
export type EventOf<T> = T extends EventDefinition<infer D> ? Envelope<D> : never;

type EnvelopesOf<T extends readonly EventDefinition[]> = { [K in keyof T]: EventOf<T[K]> }[number];

type EventsHandler<E> = (events: readonly E[]) => Promise<void | readonly Settlement[]>;
type Decorated<H> = <M extends H>(
  target: object,
  key: string,
  descriptor: TypedPropertyDescriptor<M>,
) => void;

/**
 * The method handles events of one stream in its order, in one durable consumer. It gets them parsed, in batches, and
 * they are acknowledged only after it resolved: by index where it returns settlements, all of them otherwise. When it
 * throws, a batch is tried one by one, and what fails then is delivered again with backoff.
 */
export function OnEvents<D>(
  definition: EventDefinition<D>,
  options?: OnEventsOptions,
): Decorated<EventsHandler<Envelope<D>>>;
export function OnEvents<const T extends readonly EventDefinition[]>(
  definitions: T,
  options?: OnEventsOptions,
): Decorated<EventsHandler<EnvelopesOf<T>>>;
export function OnEvents(
  definitions: EventDefinition | readonly EventDefinition[],
  options: OnEventsOptions = {},
): MethodDecorator {
  return (target, key, descriptor) => {
    const registration: EventsRegistration = {
      kind: 'events',
      name: options.name ?? String(key),
      batch: options.batch ?? 64,
      lingerMs: options.lingerMs ?? 0,
      definitions: 'pattern' in definitions ? [definitions] : definitions,
    };
    const pattern = EventPattern<string>(
      `events:${target.constructor.name}.${registration.name}`,
      JETSTREAM,
      {
        registration,
      },
    );
    applyDecorators(pattern, UseFilters(PassErrorsOn))(target, key, descriptor);
  };
}

/** Whether an envelope of several kinds is of this kind, and its data therefore of this type. */
export function isEvent<D>(definition: EventDefinition<D>, envelope: Envelope): envelope is Envelope<D> {
  return envelope.type === definition.type && envelope.version === definition.version;
}
