import type { CallDefinition } from '@partyline/contracts';

/** Nobody answers such calls now, or the bus cannot be reached: the request was not handled. */
export class CallUnavailable extends Error {
  override readonly name = 'CallUnavailable';
}

/** No answer in time: whether the request was handled is unknown. */
export class CallTimedOut extends Error {
  override readonly name = 'CallTimedOut';
}

export interface CallOptions {
  /** Milliseconds, 5000 unless given. */
  readonly timeoutMs?: number;
}

/** Asks another service over NATS request/reply: at most once. */
export abstract class CallClient {
  /** Throws {@link CallUnavailable}, {@link CallTimedOut}, or an Error when the answer is not what the contract says. */
  abstract call<Q, A>(definition: CallDefinition<Q, A>, request: Q, options?: CallOptions): Promise<A>;
}
