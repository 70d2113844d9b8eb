import type { Tag } from '@partyline/contracts';
import type { Call } from './request.js';

export const tagsCalls = (call: Call) => ({
  /** All of them, retired ones too: they still stand on conversations. */
  list: () => call<Tag[]>('GET', '/tags'),
});
