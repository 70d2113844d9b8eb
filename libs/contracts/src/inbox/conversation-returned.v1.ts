import { z } from 'zod';
import { personSchema } from './conversation.js';
import { defineConversationEvent } from './conversation-event.js';

/** It went back to Unassigned: by hand, or because its owner left the inbox, was disabled or is away. */
export const ConversationReturned = defineConversationEvent(
  'conversation.returned',
  1,
  z.object({ from: personSchema, cause: z.enum(['returned', 'left', 'disabled', 'away']) }),
);
