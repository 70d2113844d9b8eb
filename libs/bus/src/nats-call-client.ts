import { SpanKind } from '@opentelemetry/api';
import { errors, headers } from '@nats-io/transport-node';
import type { CallDefinition } from '@partyline/contracts';
import { BusDisconnected, type BusConnection } from './bus-connection.js';
import type { BusObserver, CallOutcome } from './bus-observer.js';
import { CallClient, CallTimedOut, CallUnavailable, type CallOptions } from './call-client.js';
import { currentContext } from './context.js';
import { messageOf } from './pause.js';
import { inSpan } from './tracing.js';

const DEFAULT_TIMEOUT_MS = 5_000;

export class NatsCallClient extends CallClient {
  constructor(
    private readonly connection: BusConnection,
    private readonly observer: BusObserver,
  ) {
    super();
  }

  override async call<Q, A>(
    definition: CallDefinition<Q, A>,
    request: Q,
    options: CallOptions = {},
  ): Promise<A> {
    const started = performance.now();
    const { pattern } = definition;
    let outcome: CallOutcome = 'failed';
    try {
      const answer = await inSpan({ name: `call ${pattern}`, kind: SpanKind.CLIENT, from: [] }, () =>
        this.request(pattern, request, options.timeoutMs ?? DEFAULT_TIMEOUT_MS),
      );
      const parsed = definition.answer.safeParse(answer);
      if (!parsed.success)
        throw new Error(`the answer to ${pattern} breaks its contract: ${parsed.error.message}`);
      outcome = 'answered';
      return parsed.data;
    } catch (error) {
      if (error instanceof CallUnavailable) outcome = 'unavailable';
      if (error instanceof CallTimedOut) outcome = 'timed-out';
      throw error;
    } finally {
      this.observer.called(pattern, outcome, (performance.now() - started) / 1000);
    }
  }

  private async request(pattern: string, request: unknown, timeout: number): Promise<unknown> {
    const { correlationId, traceparent } = currentContext();
    const carried = headers();
    carried.set('x-correlation-id', correlationId);
    if (traceparent !== undefined) carried.set('traceparent', traceparent);
    try {
      const reply = await this.connection
        .get()
        .request(pattern, JSON.stringify(request), { timeout, headers: carried });
      return reply.json();
    } catch (error) {
      throw translate(error, pattern, timeout);
    }
  }
}

/** What is certain not to have been sent is "unavailable"; everything else may have been carried out. */
function translate(error: unknown, pattern: string, timeout: number): Error {
  const causes = [error, error instanceof Error ? error.cause : undefined];
  const is = (kind: abstract new (...args: never[]) => Error) =>
    causes.some((cause) => cause instanceof kind);
  if (is(BusDisconnected) || is(errors.PermissionViolationError) || is(errors.InvalidArgumentError)) {
    return new CallUnavailable(`${pattern} could not be asked: ${messageOf(error)}`, { cause: error });
  }
  if (is(errors.NoRespondersError)) {
    return new CallUnavailable(`nobody answers ${pattern} at the moment`, { cause: error });
  }
  const why = is(errors.TimeoutError)
    ? `was not answered within ${timeout} ms`
    : `got no answer (${messageOf(error)})`;
  return new CallTimedOut(`${pattern} ${why}; whether it was carried out is unknown`, { cause: error });
}
