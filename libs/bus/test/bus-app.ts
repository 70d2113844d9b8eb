import { Module, type DynamicModule, type INestApplication, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import {
  BusModule,
  connectBus,
  DeadLetters,
  type BusOptions,
  type DeadLetter,
  type OutgoingEvent,
} from '@partyline/bus';
import { InboundMessageReceived, type Envelope, type InboundMessage } from '@partyline/contracts';
import { newId } from '@partyline/kernel';

export class MemoryDeadLetters extends DeadLetters {
  readonly letters: DeadLetter[] = [];
  failing = false;

  override store(letter: DeadLetter): Promise<void> {
    if (this.failing) return Promise.reject(new Error('the store is away'));
    this.letters.push(letter);
    return Promise.resolve();
  }
}

@Module({})
class TestModule {
  static of(options: BusOptions, controllers: Type[], deadLetters: DeadLetters): DynamicModule {
    return {
      module: TestModule,
      imports: [BusModule.forRoot(options)],
      controllers,
      providers: [{ provide: DeadLetters, useValue: deadLetters }],
    };
  }
}

/** An application with these controllers, attached to the bus. */
export async function startBusApp(
  options: BusOptions,
  controllers: Type[] = [],
  deadLetters: DeadLetters = new MemoryDeadLetters(),
): Promise<INestApplication> {
  const module = TestModule.of(options, controllers, deadLetters);
  const app = await NestFactory.create(module, new FastifyAdapter(), { logger: false, abortOnError: false });
  try {
    await app.init();
    await connectBus(app);
    return app;
  } catch (error) {
    await app.close();
    throw error;
  }
}

export function envelopeOf<D>(type: string, data: D, over: Partial<Envelope> = {}): Envelope<D> {
  return {
    id: newId('ev'),
    type,
    version: 1,
    occurredAt: '2026-11-23T18:00:00.000Z',
    tenantId: 'demo',
    aggregateId: 'a',
    actor: { kind: 'system', id: 'test' },
    correlationId: newId('co'),
    ...over,
    data,
  };
}

export function textEvent(text: string, correlationId = `co_${text}`): OutgoingEvent {
  const data: InboundMessage = {
    receiptId: `rc_${text}`,
    messageId: `ms_${text}`,
    carrier: 'simulator',
    accountId: 'demo-simulator',
    providerMessageId: text,
    from: '+15550000001',
    to: '+12125550101',
    group: [],
    text,
    media: [],
    receivedAt: '2026-11-23T18:00:00.000Z',
  };
  return {
    subject: InboundMessageReceived.subject('demo'),
    envelope: envelopeOf(InboundMessageReceived.type, data, { id: `ev_${text}`, correlationId }),
  };
}

/** '1', '2', … */
export const texts = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => String(from + index));
