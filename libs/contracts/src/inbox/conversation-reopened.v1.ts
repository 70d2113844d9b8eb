import { z } from 'zod';
import { personSchema } from './conversation.js';
import { defineConversationEvent } from './conversation-event.js';

/** It is open again. */
export const ConversationReopened = defineConversationEvent(
  'conversation.reopened',
  1,
  z.object({ cause: z.enum(['inbound', 'manual', 'outbound']), owner: personSchema.nullable() }),
);
