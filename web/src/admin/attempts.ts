import { Refused } from '@partyline/client';
import { randomId } from '../api/ids.js';

/**
 * One key for one attempt at making something, however often the button is pressed: without an answer the same request
 * is sent again and makes no second one; a refusal is final, and what is sent after it is another attempt.
 */
export function attempts(newKey = randomId): <T>(send: (key: string) => Promise<T>) => Promise<T> {
  let key = newKey();
  return async (send) => {
    try {
      const made = await send(key);
      key = newKey();
      return made;
    } catch (error) {
      if (error instanceof Refused && error.problem.status < 500) key = newKey();
      throw error;
    }
  };
}
