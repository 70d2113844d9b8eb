import { z } from 'zod';
import { defineConversationEvent } from './conversation-event.js';

/** It is in the active lists again: its time came, the customer wrote, or a person ended the snooze. */
export const ConversationWoken = defineConversationEvent(
  'conversation.woken',
  1,
  z.object({ cause: z.enum(['time', 'message', 'person']) }),
);
