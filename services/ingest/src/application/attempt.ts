import { fail, type Result } from '@partyline/kernel';

/** A fault of an adapter costs one webhook or text, which is kept with its reason, and not the answer or the connection. */
export function attempt<T>(read: () => Result<T, string>): Result<T, string> {
  try {
    return read();
  } catch (error) {
    return fail(`it could not be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
