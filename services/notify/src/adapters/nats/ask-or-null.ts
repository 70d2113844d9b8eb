import type { Logger } from '@nestjs/common';
import { CallTimedOut, CallUnavailable } from '@partyline/bus';
import type { Refusal } from '@partyline/contracts';

type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: Pick<Refusal, 'message'> };

/** What another service answers; null, and `what` in the log, where it refuses or cannot be asked just now. */
export async function askOrNull<T>(
  logger: Logger,
  what: string,
  ask: () => Promise<Answer<T>>,
): Promise<T | null> {
  try {
    const answer = await ask();
    if (answer.ok) return answer.value;
    logger.warn(`It is not known ${what}, because that was refused: ${answer.error.message}`);
  } catch (error) {
    if (!(error instanceof CallUnavailable || error instanceof CallTimedOut)) throw error;
    logger.warn(`It is not known ${what}: ${error.message}`);
  }
  return null;
}
