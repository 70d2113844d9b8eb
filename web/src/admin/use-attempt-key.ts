import { useState } from 'react';
import { attempts } from './attempts.js';

/** As long as a form is open; see `attempts`. */
export function useAttemptKey(): ReturnType<typeof attempts> {
  const [attempt] = useState(() => attempts());
  return attempt;
}
