import { Logger } from '@nestjs/common';
import { SpanKind } from '@opentelemetry/api';
import type { Msg } from '@nats-io/transport-node';
import type { CallDefinition, Refusal } from '@partyline/contracts';
import { newId } from '@partyline/kernel';
import type { BusObserver } from './bus-observer.js';
import { runInContext, type WorkContext } from './context.js';
import { messageOf } from './pause.js';
import { inSpan } from './tracing.js';

/** Answers the requests of one call. */
export class Answerer {
  private readonly logger = new Logger('Bus');
  private readonly atWork = new Set<Promise<void>>();

  constructor(
    private readonly definition: CallDefinition,
    private readonly handle: (request: unknown) => Promise<unknown>,
    private readonly observer: BusObserver,
  ) {}

  get pattern(): string {
    return this.definition.pattern;
  }

  take(message: Msg): void {
    const work = this.answer(message).finally(() => this.atWork.delete(work));
    this.atWork.add(work);
  }

  /** Resolves when nothing is at work any more. */
  async finish(): Promise<void> {
    while (this.atWork.size > 0) await Promise.all(this.atWork);
  }

  private async answer(message: Msg): Promise<void> {
    const started = performance.now();
    const context = contextOf(message);
    const from = context.traceparent === undefined ? [] : [context.traceparent];
    await runInContext(context, async () => {
      let answer: unknown;
      let failed = false;
      try {
        answer = await inSpan({ name: `answer ${this.pattern}`, kind: SpanKind.SERVER, from }, () =>
          this.work(message),
        );
      } catch (error) {
        failed = true;
        this.logger.error(
          `${this.pattern} failed: ${messageOf(error)}`,
          error instanceof Error ? error.stack : undefined,
        );
        answer = refused({
          code: 'INTERNAL',
          message: 'Something went wrong on our side; it has been recorded.',
        });
      }
      this.reply(message, answer);
      this.observer.answered(this.pattern, failed, (performance.now() - started) / 1000);
    });
  }

  private async work(message: Msg): Promise<unknown> {
    const parsed = this.definition.request.safeParse(readJson(message));
    if (parsed.success) return this.handle(parsed.data);
    const issues = parsed.error.issues.map(({ path, message: text }) => ({
      path: path.join('.'),
      message: text,
    }));
    return refused({ code: 'VALIDATION', message: 'The request is not as it has to be.', issues });
  }

  private reply(message: Msg, answer: unknown): void {
    try {
      message.respond(JSON.stringify(answer));
    } catch (error) {
      this.logger.error(`The answer to ${this.pattern} could not be sent: ${messageOf(error)}`);
    }
  }
}

function refused(error: Refusal): { ok: false; error: Refusal } {
  return { ok: false, error };
}

function readJson(message: Msg): unknown {
  try {
    return message.json();
  } catch {
    return undefined;
  }
}

function contextOf(message: Msg): WorkContext {
  const correlationId = message.headers?.get('x-correlation-id') || newId('co');
  const traceparent = message.headers?.get('traceparent') || undefined;
  return traceparent === undefined ? { correlationId } : { correlationId, traceparent };
}
