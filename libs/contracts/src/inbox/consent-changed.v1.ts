import { z } from 'zod';
import { momentSchema } from '../envelope.js';
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
    /** When the customer said so: of two words the later one stands, in whatever order they land. */
    saidAt: momentSchema.optional(),
  }),
);
