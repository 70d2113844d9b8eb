import { applyDecorators, UseFilters } from '@nestjs/common';
import { MessagePattern } from '@nestjs/microservices';
import type { CallDefinition } from '@partyline/contracts';
import { PassErrorsOn } from './pass-errors-on.js';
import { JETSTREAM } from './transport-id.js';

/** What a decorated method is registered with; read by the strategy. */
export interface CallRegistration {
  readonly kind: 'call';
  readonly definition: CallDefinition;
}

/**
 * The method answers this call. It gets the request parsed; a request that does not fit is answered with VALIDATION,
 * and one whose method throws with INTERNAL, without reaching or leaving more than that.
 */
export function Answers<Q, A>(
  definition: CallDefinition<Q, A>,
): <M extends (request: Q) => Promise<A>>(
  target: object,
  key: string,
  descriptor: TypedPropertyDescriptor<M>,
) => void {
  const registration: CallRegistration = { kind: 'call', definition };
  return (target, key, descriptor) =>
    applyDecorators(
      MessagePattern(definition.pattern, JETSTREAM, { registration }),
      UseFilters(PassErrorsOn),
    )(target, key, descriptor);
}
