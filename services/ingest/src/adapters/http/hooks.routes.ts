import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { currentContext } from '@partyline/bus';
import { Clock } from '@partyline/kernel';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AcceptWebhook, type Acceptance } from '../../application/accept-webhook.js';
import { sendProblem } from './problem.js';

const MOST_BYTES = 1_048_576;
const NOTHING = Buffer.alloc(0);

interface Params {
  carrier: string;
  accountId: string;
}

/**
 * `GET|POST /hooks/:carrier/:accountId`. Plain Fastify routes in a scope of their own, because here a body is bytes
 * whatever its content type says: signatures cover it exactly as sent.
 */
@Injectable()
export class HooksRoutes implements OnModuleInit {
  constructor(
    private readonly adapters: HttpAdapterHost,
    private readonly accept: AcceptWebhook,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    const fastify = this.adapters.httpAdapter.getInstance<FastifyInstance>();
    void fastify.register((scope, _options, done) => {
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, parsed) => parsed(null, body));
      scope.setErrorHandler<FastifyError>((error, _request, reply) => answerError(error, reply));
      scope.route<{ Params: Params }>({
        method: ['GET', 'POST'],
        url: '/hooks/:carrier/:accountId',
        bodyLimit: MOST_BYTES,
        exposeHeadRoute: false,
        handler: (request, reply) => this.handle(request, reply),
      });
      done();
    });
  }

  private async handle(
    request: FastifyRequest<{ Params: Params }>,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    const { correlationId, traceparent } = currentContext();
    const mark = request.raw.url?.indexOf('?') ?? -1;
    const acceptance = await this.accept.execute({
      carrier: request.params.carrier,
      accountId: request.params.accountId,
      request: {
        method: request.method === 'GET' ? 'GET' : 'POST',
        query: mark === -1 ? '' : (request.raw.url ?? '').slice(mark + 1),
        headers: request.headers as Record<string, string | undefined>,
        body: Buffer.isBuffer(request.body) ? request.body : NOTHING,
        receivedAt: this.clock.now(),
      },
      correlationId,
      traceparent: traceparent ?? null,
    });
    return answer(acceptance, request.params, reply);
  }
}

function answer(acceptance: Acceptance, { carrier, accountId }: Params, reply: FastifyReply): FastifyReply {
  switch (acceptance.kind) {
    case 'accepted': {
      const { status, contentType, body } = acceptance.answer;
      if (contentType !== null) void reply.header('content-type', contentType);
      return reply.code(status).send(body === '' ? undefined : body);
    }
    case 'unknown_account':
      return sendProblem(
        reply,
        404,
        'NOT_FOUND',
        'No such carrier account',
        `There is no active account "${accountId}" of carrier "${carrier}". Check the webhook URL at the carrier.`,
      );
    case 'bad_signature':
      return sendProblem(
        reply,
        403,
        'FORBIDDEN',
        'The signature does not fit',
        `Nothing was stored: ${acceptance.reason}.`,
      );
    case 'malformed':
      return sendProblem(
        reply,
        400,
        'VALIDATION',
        'The webhook makes no sense',
        `Nothing was stored: ${acceptance.reason}.`,
      );
    case 'unavailable':
      void reply.header('retry-after', '5');
      return sendProblem(
        reply,
        503,
        'UNAVAILABLE',
        'Not stored',
        'The webhook could not be stored safely. Send it again; what was stored already is not stored twice.',
      );
    case 'overloaded':
      void reply.header('retry-after', '1');
      return sendProblem(
        reply,
        503,
        'UNAVAILABLE',
        'Too much at once',
        'Too many webhooks wait to be stored. Send it again.',
      );
  }
}

function answerError(error: FastifyError, reply: FastifyReply): FastifyReply {
  if (error.statusCode === 413) {
    return sendProblem(
      reply,
      413,
      'TOO_LARGE',
      'Too large',
      `A webhook may have ${MOST_BYTES} bytes at most.`,
    );
  }
  if (error.statusCode !== undefined && error.statusCode < 500) {
    return sendProblem(reply, error.statusCode, 'VALIDATION', 'Not a request we understand', error.message);
  }
  return sendProblem(reply, 500, 'INTERNAL', 'Our fault', 'The webhook could not be handled. Send it again.');
}
