import { NestFactory } from '@nestjs/core';
import type { INestApplicationContext } from '@nestjs/common';
import {
  BusModule,
  CallClient,
  EventPublisher,
  OrderedReader,
  type BusOptions,
  type OutgoingEvent,
} from '@partyline/bus';
import type { CallDefinition, Envelope, EventDefinition, StreamName } from '@partyline/contracts';
import { newId } from '@partyline/kernel';
import { eventually } from './eventually.js';

/** A service beside the one under test, as it looks from the bus. */
export class Neighbour {
  private readonly reading = new AbortController();

  private constructor(private readonly app: INestApplicationContext) {}

  static async start(options: BusOptions): Promise<Neighbour> {
    const settings = { logger: false, abortOnError: false } as const;
    return new Neighbour(await NestFactory.createApplicationContext(BusModule.forRoot(options), settings));
  }

  /** Publishes until the stream has it (the stream may be in the making). */
  async publish(...events: OutgoingEvent[]): Promise<void> {
    await eventually(async () => {
      const outcomes = await this.app.get(EventPublisher).publish(events);
      for (const outcome of outcomes) if (!outcome.ok) throw outcome.error;
    });
  }

  call<Q, A>(definition: CallDefinition<Q, A>, request: Q): Promise<A> {
    return this.app.get(CallClient).call(definition, request);
  }

  /** Everything of one kind that is and will be on a stream, in its order. A stream made anew begins a new list. */
  follow<D>(stream: StreamName, definition: EventDefinition<D>): Envelope<D>[] {
    const seen: Envelope<D>[] = [];
    void this.collect(stream, definition, seen);
    return seen;
  }

  async stop(): Promise<void> {
    this.reading.abort();
    await this.app.close();
  }

  private async collect<D>(
    stream: StreamName,
    definition: EventDefinition<D>,
    seen: Envelope<D>[],
  ): Promise<void> {
    const options = { startSequence: 1, definitions: [definition], signal: this.reading.signal };
    for await (const read of this.app.get(OrderedReader).read(stream, options)) {
      if (read.kind === 'reset') seen.length = 0;
      else seen.push(definition.parse(read.envelope));
    }
  }
}

export function eventOf<D>(
  definition: EventDefinition<D>,
  tenantId: string,
  data: D,
  scope?: string,
): OutgoingEvent {
  return {
    subject: definition.subject(tenantId, scope),
    envelope: {
      id: newId('ev'),
      type: definition.type,
      version: definition.version,
      occurredAt: new Date().toISOString(),
      tenantId,
      aggregateId: newId('ag'),
      actor: { kind: 'system', id: 'test' },
      correlationId: newId('co'),
      data,
    },
  };
}
