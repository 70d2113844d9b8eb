import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { currentContext } from '@partyline/bus';
import type { ErrorCode } from '@partyline/contracts';
import { findCarrier, type RefusalKind, type WebhookRequest } from '@partyline/carriers';
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
 * `GET|POST|OPTIONS /hooks/:carrier/:accountId`. Plain Fastify routes in a scope of their own, because here a body is bytes
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
      scope.setErrorHandler<FastifyError>((error, request, reply) => answerError(error, request, reply));
      scope.route<{ Params: Params }>({
        method: ['GET', 'POST', 'OPTIONS'],
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
        method: request.method === 'GET' || request.method === 'OPTIONS' ? request.method : 'POST',
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
  if (acceptance.kind === 'accepted') {
    const { status, contentType, body, headers } = acceptance.answer;
    if (headers) void reply.headers(headers);
    if (contentType !== null) void reply.header('content-type', contentType);
    return reply.code(status).send(body === '' ? undefined : body);
  }
  const { status, code, title, retryAfter } = REFUSALS[acceptance.kind];
  if (retryAfter !== null) void reply.header('retry-after', retryAfter);
  const detail =
    'reason' in acceptance
      ? `Nothing was stored: ${acceptance.reason}.`
      : DETAILS[acceptance.kind](carrier, accountId);
  const needed =
    acceptance.kind === 'unknown_account'
      ? (carriersOwn(carrier, 'account') ?? status)
      : 'status' in acceptance
        ? (acceptance.status ?? status)
        : status;
  return sendProblem(reply, needed, code, title, detail);
}

interface Refusal {
  readonly status: number;
  readonly code: ErrorCode;
  readonly title: string;
  /** In seconds. */
  readonly retryAfter: string | null;
}
type Refused = Exclude<Acceptance['kind'], 'accepted'>;

const REFUSALS: Readonly<Record<Refused, Refusal>> = {
  unknown_account: { status: 404, code: 'NOT_FOUND', title: 'No such carrier account', retryAfter: null },
  bad_signature: { status: 403, code: 'FORBIDDEN', title: 'The signature does not fit', retryAfter: null },
  malformed: { status: 400, code: 'VALIDATION', title: 'The webhook makes no sense', retryAfter: null },
  unavailable: { status: 503, code: 'UNAVAILABLE', title: 'Not stored', retryAfter: '5' },
  overloaded: { status: 503, code: 'UNAVAILABLE', title: 'Too much at once', retryAfter: '1' },
};
const DETAILS: Readonly<
  Record<Exclude<Refused, 'bad_signature' | 'malformed'>, (carrier: string, accountId: string) => string>
> = {
  unknown_account: (carrier, accountId) =>
    `There is no active account "${accountId}" of carrier "${carrier}". Check the webhook URL at the carrier.`,
  unavailable: () =>
    'The webhook could not be stored safely. Send it again; what was stored already is not stored twice.',
  overloaded: () => 'Too many webhooks wait to be stored. Send it again.',
};

const NO_REQUEST: WebhookRequest = {
  method: 'POST',
  query: '',
  headers: {},
  body: NOTHING,
  receivedAt: new Date(0),
};

/** The status that this carrier needs, where the usual one made it drop a text for good; null: the usual one will do. */
function carriersOwn(carrier: string, refusal: RefusalKind): number | null {
  return findCarrier(carrier)?.refusalStatus?.(refusal, NO_REQUEST) ?? null;
}

function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error.statusCode === 413) {
    const { carrier = '' } = request.params as Partial<Params>;
    return sendProblem(
      reply,
      carriersOwn(carrier, 'size') ?? 413,
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
