import {
  context,
  propagation,
  ROOT_CONTEXT,
  SpanStatusCode,
  trace,
  type Attributes,
  type Link,
  type SpanKind,
} from '@opentelemetry/api';
import { messageOf } from './pause.js';

export interface SpanOptions {
  readonly name: string;
  readonly kind: SpanKind;
  /** W3C traceparents of what this work follows from: one is its parent, several are links. */
  readonly from: readonly string[];
  readonly attributes?: Attributes;
}

/** Runs `fn` in a span. Without an OpenTelemetry SDK in the process this costs nothing and changes nothing. */
export async function inSpan<T>(options: SpanOptions, fn: () => Promise<T>): Promise<T> {
  const [only, ...others] = options.from;
  const parent = only !== undefined && others.length === 0 ? remote(only) : context.active();
  const links = others.length === 0 ? [] : options.from.flatMap(linkTo);
  const { name, kind, attributes = {} } = options;
  // Asked for each time: an SDK registered with another copy of the API is found only after it was registered.
  return trace
    .getTracer('partyline.bus')
    .startActiveSpan(name, { kind, attributes, links }, parent, async (span) => {
      try {
        return await fn();
      } catch (error) {
        span.setStatus({ code: SpanStatusCode.ERROR, message: messageOf(error) });
        throw error;
      } finally {
        span.end();
      }
    });
}

/** The W3C traceparent of the span at work, where there is one. */
export function activeTraceparent(): string | undefined {
  const carrier: Record<string, string> = {};
  propagation.inject(context.active(), carrier);
  return carrier.traceparent;
}

function remote(traceparent: string) {
  return propagation.extract(ROOT_CONTEXT, { traceparent });
}

function linkTo(traceparent: string): Link[] {
  const spanContext = trace.getSpanContext(remote(traceparent));
  return spanContext ? [{ context: spanContext }] : [];
}
