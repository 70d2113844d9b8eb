import { z } from 'zod';
import { defineConversationEvent } from './conversation-event.js';

/** A contact and a number met in an inbox for the first time. */
export const ConversationCreated = defineConversationEvent(
  'conversation.created',
  1,
  z.object({ number: z.string(), peers: z.array(z.string()), contactName: z.string().nullable() }),
);
