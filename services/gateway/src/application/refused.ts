import type { ErrorCode, Refusal } from '@partyline/contracts';

export interface RefusalDetails extends Omit<Refusal, 'code' | 'message'> {
  /** When to try again, seconds. */
  readonly retryAfter?: number;
}

/** A request that was not done, and why, in words for the person who made it. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly refusal: Refusal;
  readonly retryAfter: number | undefined;

  constructor(code: ErrorCode, message: string, details: RefusalDetails = {}) {
    super(message);
    const { retryAfter, ...rest } = details;
    this.refusal = { ...rest, code, message };
    this.retryAfter = retryAfter;
  }
}
