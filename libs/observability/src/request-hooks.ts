import { Logger } from '@nestjs/common';
import {
  context,
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Context,
  type Span,
} from '@opentelemetry/api';
import { runInContext, type WorkContext } from '@partyline/bus';
import { newId } from '@partyline/kernel';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { HttpMetrics } from './http-metrics.js';

interface RequestScope {
  readonly work: WorkContext;
  readonly trace: Context;
  readonly span: Span;
}

const SCOPE = Symbol('scope');
type ScopedRequest = FastifyRequest & { [SCOPE]?: RequestScope | null };

/** What a correlation id from outside may look like; anything else is replaced. */
const CORRELATION_ID = /^[A-Za-z0-9._:-]{1,128}$/;
const UNREMARKABLE = ['/health/live', '/health/ready', '/metrics'];

/** Gives each request its correlation id, its span, its line in the log and its place in the metrics. */
export function installRequestHooks(fastify: FastifyInstance, metrics: HttpMetrics): void {
  const logger = new Logger('Http');
  fastify.decorateRequest(SCOPE, null);
  const inScope = (request: ScopedRequest, fn: () => void): void => {
    const scope = request[SCOPE];
    if (scope) context.with(scope.trace, () => runInContext(scope.work, fn));
    else fn();
  };

  fastify.addHook('onRequest', (request: ScopedRequest, reply, done) => {
    const scope = scopeOf(request);
    request[SCOPE] = scope;
    reply.header('x-correlation-id', scope.work.correlationId);
    inScope(request, done);
  });
  // A connection that was answering when the server began to close would else stay open for its next request.
  let closing = false;
  fastify.addHook('preClose', (done) => {
    closing = true;
    done();
  });
  fastify.addHook('onSend', (_request, reply, payload, done) => {
    if (closing) reply.header('connection', 'close');
    done(null, payload);
  });
  // Reading the body leaves the asynchronous context of the request; what comes after it needs the context again.
  fastify.addHook('preValidation', (request, _reply, done) => inScope(request, done));
  fastify.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none';
    const status = reply.statusCode;
    metrics.observe(request.method, route, status, reply.elapsedTime / 1000);
    inScope(request, () => {
      const path = request.url.split('?', 1)[0];
      const line = { method: request.method, path, status, ms: Math.round(reply.elapsedTime * 10) / 10 };
      if (UNREMARKABLE.includes(route)) logger.debug(line);
      else if (status >= 500) logger.warn(line);
      else logger.log(line);
    });
    const span = (request as ScopedRequest)[SCOPE]?.span;
    span?.updateName(`${request.method} ${route}`).setAttribute('http.response.status_code', status);
    if (status >= 500) span?.setStatus({ code: SpanStatusCode.ERROR });
    span?.end();
    done();
  });
}

function scopeOf(request: FastifyRequest): RequestScope {
  const given = request.headers['x-correlation-id'];
  const correlationId = typeof given === 'string' && CORRELATION_ID.test(given) ? given : newId('co');
  const { traceparent } = request.headers;
  const parent = propagation.extract(ROOT_CONTEXT, request.headers);
  const span = trace.getTracer('partyline.http').startSpan(request.method, { kind: SpanKind.SERVER }, parent);
  return {
    work: typeof traceparent === 'string' ? { correlationId, traceparent } : { correlationId },
    trace: trace.setSpan(parent, span),
    span,
  };
}
