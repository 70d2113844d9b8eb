/** One JetStream stream per first token of its subjects; the value says which service alone publishes to it. */
export const STREAMS = {
  ingest: 'ingest',
  routing: 'routing',
  inbox: 'inbox',
  delivery: 'delivery',
  accounts: 'gateway',
  notify: 'notify',
} as const;
export type StreamName = keyof typeof STREAMS;
export type ServiceName = 'ingest' | 'routing' | 'inbox' | 'delivery' | 'notify' | 'gateway';

/** Streams whose subjects carry one more token after the tenant: the inbox, or the user who is told. */
const SCOPED: ReadonlySet<StreamName> = new Set<StreamName>(['inbox', 'notify']);

const TOKEN = /^[A-Za-z0-9_-]+$/;

function token(value: string): string {
  if (!TOKEN.test(value)) throw new Error(`"${value}" cannot be part of a subject: use A-Z a-z 0-9 _ - only`);
  return value;
}

/** `inbox.<tenant>.<inbox>.conversation.assigned.v1`; streams without a scope leave that token out. */
export function eventSubject(
  stream: StreamName,
  tenantId: string,
  type: string,
  version: number,
  scope?: string,
): string {
  if (SCOPED.has(stream) !== (scope !== undefined)) {
    throw new Error(
      `events of "${stream}" are published ${SCOPED.has(stream) ? 'with' : 'without'} a scope token`,
    );
  }
  const scopeToken = scope === undefined ? '' : `${token(scope)}.`;
  return `${stream}.${token(tenantId)}.${scopeToken}${type}.v${version}`;
}

/** The filter that matches an event of every tenant (and every inbox). */
export function eventPattern(stream: StreamName, type: string, version: number): string {
  return `${stream}.*.${SCOPED.has(stream) ? '*.' : ''}${type}.v${version}`;
}
