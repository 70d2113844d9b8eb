// @ts-check

/**
 * Something a person can mend: the message says what happened, to what, and what to do.
 * It is printed without a stack.
 */
export class Problem extends Error {
  /** @override */
  name = 'Problem';
}

/**
 * @param {unknown} error
 * @returns {string} the message alone for a Problem, the stack for a fault of ours
 */
export function explain(error) {
  if (error instanceof Problem) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/**
 * @param {unknown} error
 * @returns {string} what an error is called by the system (`ENOENT`, `EADDRINUSE`), or ''
 */
export function codeOf(error) {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
