import { Refused, Unreachable } from '@partyline/client';

/** One sentence for the screen. */
export function sentenceOf(error: unknown): string {
  if (error instanceof Refused || error instanceof Unreachable) return error.message;
  return 'Something went wrong on this screen. Load the page again; if it stays, tell your Admin.';
}
