import type { Actor } from '@partyline/contracts';

/** Who did what nobody in particular did. */
export const SYSTEM: Actor = { kind: 'system', id: 'inbox' };
