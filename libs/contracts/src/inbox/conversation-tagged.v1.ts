import { z } from 'zod';
import { defineConversationEvent } from './conversation-event.js';

/** Tags were put on it and taken off it, by their ids: what they are called is kept in one place, and can change. */
export const ConversationTagged = defineConversationEvent(
  'conversation.tagged',
  1,
  z.object({ added: z.array(z.string()), removed: z.array(z.string()) }),
);
