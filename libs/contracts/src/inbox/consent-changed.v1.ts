import { z } from 'zod';
import { defineConversationEvent } from './conversation-event.js';

/** The customer allowed or forbade texts from this number. */
export const ConsentChanged = defineConversationEvent(
  'consent.changed',
  1,
  z.object({
    peer: z.string(),
    number: z.string(),
    state: z.enum(['opted_out', 'opted_in']),
    keyword: z.string(),
  }),
);
