import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { currentContext } from '@partyline/bus';
import type { Viewer } from '@partyline/contracts';
import { newId } from '@partyline/kernel';
import type { FastifyRequest } from 'fastify';
import type { Principal } from '../../domain/account.js';
import { Refused } from '../../application/refused.js';

/** A request behind the session guard. */
export type AuthenticatedRequest = FastifyRequest & { readonly user: Principal };

const requestOf = (context: ExecutionContext): AuthenticatedRequest => context.switchToHttp().getRequest();

/** The signed-in caller. */
export const Caller = createParamDecorator(
  (_: unknown, context: ExecutionContext): Principal => requestOf(context).user,
);

const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,128}$/;

/** The Idempotency-Key of the request; a new one where the client sends none, and so can not repeat it. */
export const CommandId = createParamDecorator((_: unknown, context: ExecutionContext): string => {
  const given = requestOf(context).headers['idempotency-key'];
  if (given === undefined) return newId('cm');
  if (typeof given === 'string' && IDEMPOTENCY_KEY.test(given)) return given;
  throw new Refused('VALIDATION', 'Idempotency-Key must be 1 to 128 visible ASCII characters.', {
    issues: [{ path: 'Idempotency-Key', message: '1 to 128 visible ASCII characters' }],
  });
});

/** Who asks, as the other services want to know it. */
export const asViewer = ({ tenantId, userId }: Principal): Viewer => ({
  tenantId,
  userId,
  correlationId: currentContext().correlationId,
});
