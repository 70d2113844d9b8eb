import type { ContactTime } from '@partyline/contracts';
import { query } from './path.js';
import type { Call } from './request.js';

/** What time it is where these numbers (E.164) are, and when it is quiet there. */
export const contactTimeCall =
  (call: Call) =>
  (numbers: readonly string[]): Promise<ContactTime> =>
    call('GET', `/contact-time${query({ numbers: [...numbers].join(',') })}`);
