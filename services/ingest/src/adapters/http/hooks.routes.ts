import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { currentContext } from '@partyline/bus';
import type { ErrorCode } from '@partyline/contracts';
import { findCarrier, type RefusalKind, type WebhookRequest } from '@partyline/carriers';
import { Clock } from '@partyline/kernel';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AcceptWebhook, type Acceptance } from '../../application/accept-webhook.js';
import { RecordWebhook, type Exchange } from '../../application/record-webhook.js';
import { PROBLEM, problemBody, sendProblem } from './problem.js';

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
    private readonly record: RecordWebhook,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    const fastify = this.adapters.httpAdapter.getInstance<FastifyInstance>();
    void fastify.register((scope, _options, done) => {
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, parsed) => parsed(null, body));
      scope.setErrorHandler<FastifyError>((error, request, reply) => this.handleError(error, request, reply));
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
    const { carrier, accountId } = request.params;
    const started = performance.now();
    const received = this.received(request, Buffer.isBuffer(request.body) ? request.body : NOTHING);
    const acceptance = await this.accept.execute({
      carrier,
      accountId,
      request: received,
      correlationId,
      traceparent: traceparent ?? null,
    });
    const answer = answerTo(acceptance, request.params, reply);
    this.recordAfter(reply, {
      carrier,
      accountId,
      correlationId,
      path: pathOf(request),
      request: received,
      bytes: received.body.length,
      outcome: acceptance.kind,
      reason: 'reason' in acceptance ? acceptance.reason : null,
      answer,
      ms: Math.round(performance.now() - started),
    });
    if (answer.contentType !== null) void reply.header('content-type', answer.contentType);
    return reply.code(answer.status).send(answer.body === '' ? undefined : answer.body);
  }

  private received(request: FastifyRequest, body: Uint8Array): WebhookRequest {
    const mark = request.raw.url?.indexOf('?') ?? -1;
    return {
      method: request.method === 'GET' || request.method === 'OPTIONS' ? request.method : 'POST',
      query: mark === -1 ? '' : (request.raw.url ?? '').slice(mark + 1),
      headers: request.headers as Record<string, string | undefined>,
      body,
      receivedAt: this.clock.now(),
    };
  }

  /** The carrier has its answer, or is gone, before anything of this begins. */
  private recordAfter(reply: FastifyReply, exchange: Exchange): void {
    reply.raw.once('close', () => this.record.execute(exchange));
  }

  private handleError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
    if (error.statusCode !== 413) return answerError(error, reply);
    const { carrier = '', accountId = '' } = request.params as Partial<Params>;
    const status = carriersOwn(carrier, 'size') ?? 413;
    const detail = `A webhook may have ${MOST_BYTES} bytes at most.`;
    const exchange: Exchange = {
      carrier,
      accountId,
      correlationId: currentContext().correlationId,
      path: pathOf(request),
      request: this.received(request, NOTHING),
      bytes: Number(request.headers['content-length'] ?? 0),
      outcome: 'too_large',
      reason: null,
      answer: { status, contentType: PROBLEM, body: detail },
      ms: Math.round(reply.elapsedTime),
    };
    reply.raw.once('close', () => void this.record.executeUnseen(exchange));
    return sendProblem(reply, status, 'TOO_LARGE', 'Too large', detail);
  }
}

const pathOf = (request: FastifyRequest): string => (request.raw.url ?? '').split('?', 1)[0] ?? '';

/** What goes into the body of the answer; further headers are set already. */
function answerTo(
  acceptance: Acceptance,
  { carrier, accountId }: Params,
  reply: FastifyReply,
): Exchange['answer'] {
  if (acceptance.kind === 'accepted') {
    if (acceptance.answer.headers) void reply.headers(acceptance.answer.headers);
    return acceptance.answer;
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
  const body = problemBody(reply, needed, code, title, detail);
  return { status: needed, contentType: PROBLEM, body };
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

function answerError(error: FastifyError, reply: FastifyReply): FastifyReply {
  if (error.statusCode !== undefined && error.statusCode < 500) {
    return sendProblem(reply, error.statusCode, 'VALIDATION', 'Not a request we understand', error.message);
  }
  return sendProblem(reply, 500, 'INTERNAL', 'Our fault', 'The webhook could not be handled. Send it again.');
}
