import { AsyncLocalStorage } from 'node:async_hooks';
import { newId } from '@partyline/kernel';
import { activeTraceparent } from './tracing.js';

/** What ties together everything that one text, click or timer sets off. */
export interface WorkContext {
  readonly correlationId: string;
  /** W3C Trace Context. */
  readonly traceparent?: string;
  /** All of them, where a batch of events is handled at once; `correlationId` is then that of the first. */
  readonly correlationIds?: readonly string[];
}

const storage = new AsyncLocalStorage<WorkContext>();

/** The context of the work at hand; outside of any, a new one. */
export function currentContext(): WorkContext {
  const known = storage.getStore() ?? { correlationId: newId('co') };
  const traceparent = activeTraceparent() ?? known.traceparent;
  return traceparent === undefined ? known : { ...known, traceparent };
}

/** The context of the work at hand, if there is one: for log lines, which must not invent one. */
export function knownContext(): WorkContext | undefined {
  return storage.getStore();
}

export function runInContext<T>(context: WorkContext, fn: () => T): T {
  return storage.run(context, fn);
}
