import { z } from 'zod';
import { defineConversationEvent } from './conversation-event.js';

/** It is complete; `menu`: the customer chose on in a welcome menu and nobody had taken it. */
export const ConversationDone = defineConversationEvent(
  'conversation.done',
  1,
  z.object({ cause: z.enum(['done', 'menu']) }),
);
