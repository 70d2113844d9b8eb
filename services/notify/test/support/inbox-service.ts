import { Controller, Inject, Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  Answers,
  BusModule,
  connectBus,
  DeadLetters,
  EventPublisher,
  type OutgoingEvent,
} from '@partyline/bus';
import { ListWaiting } from '@partyline/contracts';
import { eventually } from '@partyline/testing';
import type { z } from 'zod';

type Waiting = Extract<z.infer<typeof ListWaiting.answer>, { ok: true }>['value']['items'][number];

const WAITING = Symbol('WAITING');

@Controller()
class WaitingController {
  constructor(@Inject(WAITING) private readonly waiting: Waiting[]) {}

  /** In pages of one, so that whoever asks has to turn them. */
  @Answers(ListWaiting)
  list({ after }: z.infer<typeof ListWaiting.request>): Promise<z.infer<typeof ListWaiting.answer>> {
    const index = Number(after ?? 0);
    const items = this.waiting.slice(index, index + 1);
    const next = index + 1 < this.waiting.length ? String(index + 1) : null;
    return Promise.resolve({ ok: true, value: { items, next } });
  }
}

class NoDeadLetters extends DeadLetters {
  override store(): Promise<void> {
    return Promise.reject(new Error('this service consumes nothing'));
  }
}

@Module({})
class InboxModule {
  static of(natsUrl: string, waiting: Waiting[]): DynamicModule {
    return {
      module: InboxModule,
      imports: [BusModule.forRoot({ service: 'inbox', natsUrl, publishes: 'inbox' })],
      controllers: [WaitingController],
      providers: [
        { provide: WAITING, useValue: waiting },
        { provide: DeadLetters, useClass: NoDeadLetters },
      ],
    };
  }
}

/** The inbox service as notify meets it: publishes what it is told to, and answers who waits. */
export class InboxService {
  private constructor(
    private readonly app: NestFastifyApplication,
    /** What the next question who waits is answered with. */
    readonly waiting: Waiting[],
  ) {}

  static async start(natsUrl: string): Promise<InboxService> {
    const waiting: Waiting[] = [];
    const settings = { logger: false, abortOnError: false } as const;
    const app = await NestFactory.create<NestFastifyApplication>(
      InboxModule.of(natsUrl, waiting),
      new FastifyAdapter(),
      settings,
    );
    await app.init();
    await connectBus(app);
    return new InboxService(app, waiting);
  }

  async publish(...events: OutgoingEvent[]): Promise<void> {
    await eventually(async () => {
      const outcomes = await this.app.get(EventPublisher).publish(events);
      for (const outcome of outcomes) if (!outcome.ok) throw outcome.error;
    });
  }

  async stop(): Promise<void> {
    await this.app.close();
  }
}
