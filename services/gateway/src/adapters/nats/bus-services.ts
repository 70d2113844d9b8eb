import { Injectable } from '@nestjs/common';
import { CallClient, CallTimedOut, CallUnavailable } from '@partyline/bus';
import type { CallDefinition } from '@partyline/contracts';
import { failpoint } from '@partyline/kernel';
import { Refused } from '../../application/refused.js';
import { Services, type Answer } from '../../application/services.js';

/** Seconds after which a client may try again. */
const RETRY_AFTER = 2;

@Injectable()
export class BusServices extends Services {
  constructor(private readonly calls: CallClient) {
    super();
  }

  override query<Q, V>(definition: CallDefinition<Q, Answer<V>>, request: Q): Promise<V> {
    return this.ask(definition, request, () => unavailable(definition));
  }

  override async command<Q, V>(definition: CallDefinition<Q, Answer<V>>, request: Q): Promise<V> {
    failpoint('gateway.command-taken');
    const value = await this.ask(
      definition,
      request,
      () =>
        new Refused(
          'OUTCOME_UNKNOWN',
          'No answer came in time, so this may or may not have happened. Send it again with the same Idempotency-Key.',
        ),
    );
    failpoint('gateway.command-answered');
    return value;
  }

  private async ask<Q, V>(
    definition: CallDefinition<Q, Answer<V>>,
    request: Q,
    tooLate: () => Refused,
  ): Promise<V> {
    const answer = await this.calls.call(definition, request).catch((error: unknown): never => {
      if (error instanceof CallUnavailable) throw unavailable(definition);
      if (error instanceof CallTimedOut) throw tooLate();
      throw error;
    });
    if (answer.ok) return answer.value;
    const { code, message, ...details } = answer.error;
    throw new Refused(code, message, details);
  }
}

const unavailable = ({ service }: Pick<CallDefinition, 'service'>): Refused =>
  new Refused('UNAVAILABLE', `The ${service} service cannot be reached at the moment. Try again shortly.`, {
    retryAfter: RETRY_AFTER,
  });
