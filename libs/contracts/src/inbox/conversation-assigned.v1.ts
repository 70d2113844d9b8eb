import { z } from 'zod';
import { personSchema } from './conversation.js';
import { defineConversationEvent } from './conversation-event.js';

/** It has a new owner: by Assign to Me, by an Admin, or because the inbox is that person's own. */
export const ConversationAssigned = defineConversationEvent(
  'conversation.assigned',
  1,
  z.object({ owner: personSchema, cause: z.enum(['claim', 'admin', 'direct']) }),
);
