import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { currentContext } from '@partyline/bus';
import { outcomeUnknown } from '@partyline/mongo';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { mongo } from 'mongoose';
import { Refused } from '../../application/refused.js';
import { codeOfStatus, PROBLEM_TYPE, problemOf, STATUS, statusText } from './problem.js';

/** Seconds, where nobody knows better. */
const RETRY_AFTER = 2;

/** Turns whatever was thrown into a problem (RFC 9457). What we did not foresee is logged, and tells nothing. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  private readonly log = new Logger('Http');

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    if (reply.sent || reply.raw.headersSent) {
      // The answer had begun; all that is left is to end it.
      reply.raw.destroy();
      return;
    }
    if (request.url.startsWith('/health/') && thrown instanceof HttpException) {
      void reply.status(thrown.getStatus()).send(thrown.getResponse());
      return;
    }
    const { correlationId } = currentContext();
    const refused = this.refusedOf(thrown);
    const status = STATUS[refused.refusal.code];
    if (status === 401) void reply.header('www-authenticate', 'Bearer');
    if ((status === 429 || status === 503) && !reply.hasHeader('retry-after')) {
      void reply.header('retry-after', String(refused.retryAfter ?? RETRY_AFTER));
    }
    const path = request.url.split('?', 1)[0] ?? '/';
    void reply
      .status(status)
      .header('content-type', PROBLEM_TYPE)
      .header('cache-control', 'no-store')
      .send(JSON.stringify(problemOf(refused.refusal, { path, correlationId })));
  }

  private refusedOf(thrown: unknown): Refused {
    if (thrown instanceof Refused) return thrown;
    if (isDatabaseAway(thrown)) {
      this.log.warn({ err: thrown }, 'The database cannot be reached');
      return new Refused('UNAVAILABLE', 'The database cannot be reached at the moment. Try again shortly.');
    }
    const status = statusOf(thrown);
    if (status !== undefined && status < 500) {
      const code = codeOfStatus(status);
      return new Refused(code, sentenceOf(thrown, status));
    }
    this.log.error({ err: thrown }, 'An unexpected error');
    return new Refused(
      'INTERNAL',
      'Something went wrong on our side. Give the correlation id to whoever runs this installation.',
    );
  }
}

/** Of Nest's exceptions and Fastify's errors (too large, not JSON, …). */
function statusOf(thrown: unknown): number | undefined {
  if (thrown instanceof HttpException) return thrown.getStatus();
  if (!(thrown instanceof Error) || !('statusCode' in thrown)) return undefined;
  return typeof thrown.statusCode === 'number' ? thrown.statusCode : undefined;
}

function sentenceOf(thrown: unknown, status: number): string {
  if (status === 404) return 'There is nothing at this address.';
  if (status === 413) return 'The request is larger than 1 MiB.';
  if (status === 429) return 'Too many requests in a short time. Try again later.';
  return thrown instanceof Error ? thrown.message : statusText(status);
}

/** No primary, no connection, or a primary that steps down: another try can succeed. */
function isDatabaseAway(thrown: unknown): boolean {
  if (!(thrown instanceof mongo.MongoError)) return false;
  const { MongoNetworkError, MongoServerSelectionError } = mongo;
  if (thrown instanceof MongoNetworkError || thrown instanceof MongoServerSelectionError) return true;
  return thrown.hasErrorLabel('RetryableWriteError') || outcomeUnknown(thrown);
}
