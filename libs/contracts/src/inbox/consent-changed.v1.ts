import { z } from 'zod';
import { momentSchema } from '../envelope.js';
import { defineConversationEvent } from './conversation-event.js';
import { consentSourceSchema } from './opt-outs.js';

/** Texts from this number to the customer are allowed or not, from now on. */
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
    /** The customer where absent. */
    source: consentSourceSchema.optional(),
  }),
);
