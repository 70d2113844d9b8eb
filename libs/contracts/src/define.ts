import { z } from 'zod';
import { envelopeSchema, type Envelope } from './envelope.js';
import { eventPattern, eventSubject, type ServiceName, type StreamName } from './subjects.js';

/** One kind of event in one version: its schema, its subject, and the filter that finds it. */
export interface EventDefinition<D = unknown> {
  readonly stream: StreamName;
  readonly type: string;
  readonly version: number;
  readonly schema: z.ZodType<D>;
  /** Subject filter over all tenants, for `@EventPattern`. */
  readonly pattern: string;
  /** The subject it is published on; `scope` is the inbox id (stream inbox) or the user id (stream notify). */
  subject(tenantId: string, scope?: string): string;
  /** The whole envelope with its data checked. Throws a ZodError that names the field. Unknown fields are dropped. */
  parse(envelope: unknown): Envelope<D>;
}

export function defineEvent<D>(
  stream: StreamName,
  type: string,
  version: number,
  schema: z.ZodType<D>,
): EventDefinition<D> {
  return {
    stream,
    type,
    version,
    schema,
    pattern: eventPattern(stream, type, version),
    subject: (tenantId, scope) => eventSubject(stream, tenantId, type, version, scope),
    parse: (raw) => {
      const envelope = envelopeSchema.parse(raw);
      return { ...envelope, data: schema.parse(envelope.data) };
    },
  };
}

/** One request that a service answers over NATS request/reply. Commands change something, queries do not. */
export interface CallDefinition<Q = unknown, A = unknown> {
  readonly service: ServiceName;
  readonly pattern: string;
  readonly request: z.ZodType<Q>;
  readonly answer: z.ZodType<A>;
}

export function defineCall<Q, A>(
  service: ServiceName,
  name: string,
  request: z.ZodType<Q>,
  answer: z.ZodType<A>,
): CallDefinition<Q, A> {
  return { service, pattern: `cmd.${service}.${name}.v1`, request, answer };
}
