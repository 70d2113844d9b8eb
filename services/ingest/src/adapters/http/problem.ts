import type { ErrorCode, Problem } from '@partyline/contracts';
import type { FastifyReply } from 'fastify';

export const PROBLEM = 'application/problem+json';

/** Answers with an RFC 9457 body. */
export function sendProblem(
  reply: FastifyReply,
  status: number,
  code: ErrorCode,
  title: string,
  detail: string,
): FastifyReply {
  // Sent as text, or Fastify would call it application/json.
  return reply
    .code(status)
    .header('content-type', PROBLEM)
    .send(problemBody(reply, status, code, title, detail));
}

export function problemBody(
  reply: FastifyReply,
  status: number,
  code: ErrorCode,
  title: string,
  detail: string,
): string {
  const correlationId = reply.getHeader('x-correlation-id');
  const problem: Problem = {
    type: 'about:blank',
    title,
    status,
    detail,
    code,
    ...(typeof correlationId === 'string' ? { correlationId } : {}),
  };
  return JSON.stringify(problem);
}
