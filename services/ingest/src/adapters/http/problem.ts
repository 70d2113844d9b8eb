import type { ErrorCode, Problem } from '@partyline/contracts';
import type { FastifyReply } from 'fastify';

/** Answers with an RFC 9457 body. */
export function sendProblem(
  reply: FastifyReply,
  status: number,
  code: ErrorCode,
  title: string,
  detail: string,
): FastifyReply {
  const correlationId = reply.getHeader('x-correlation-id');
  const problem: Problem = {
    type: 'about:blank',
    title,
    status,
    detail,
    code,
    ...(typeof correlationId === 'string' ? { correlationId } : {}),
  };
  // Sent as text, or Fastify would call it application/json.
  return reply.code(status).header('content-type', 'application/problem+json').send(JSON.stringify(problem));
}
