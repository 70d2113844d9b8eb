import type { ErrorCode, Problem } from '@partyline/contracts';

/** The server refused, and said why (RFC 9457). */
export class Refused extends Error {
  override readonly name = 'Refused';
  constructor(readonly problem: Problem) {
    super(problem.detail || problem.title);
  }
  get code(): ErrorCode {
    return this.problem.code;
  }
}

/** The server did not answer: whether it did anything is unknown. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
  constructor() {
    super('The server cannot be reached. Check your connection; nothing you typed is lost.');
  }
}
