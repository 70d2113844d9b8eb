import type { SearchAnswer } from '@partyline/contracts';
import { query } from './path.js';
import type { Call } from './request.js';

/** Conversations of all inboxes that I see, by name, number or words. */
export const searchCall =
  (call: Call) =>
  (q: string, limit?: number): Promise<SearchAnswer> =>
    call('GET', `/search${query({ q, limit })}`);
