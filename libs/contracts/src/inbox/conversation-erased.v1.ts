import { z } from 'zod';
import { defineConversationEvent } from './conversation-event.js';

/**
 * What these peers had written, and what was written to them alone, was taken out of the conversation up to here, with
 * their names. When it happened and who did it stays. Neither activity nor news for anybody.
 */
export const ConversationErased = defineConversationEvent(
  'conversation.erased',
  1,
  z.object({
    peers: z.array(z.string()),
    /** What the other side is called from now on. */
    contactName: z.string().nullable(),
  }),
);
