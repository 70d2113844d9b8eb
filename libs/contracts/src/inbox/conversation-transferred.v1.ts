import { z } from 'zod';
import { personSchema } from './conversation.js';
import { defineConversationEvent } from './conversation-event.js';

/** Its owner handed it straight to a colleague. */
export const ConversationTransferred = defineConversationEvent(
  'conversation.transferred',
  1,
  z.object({ from: personSchema, to: personSchema }),
);
