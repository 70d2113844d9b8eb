import { z } from 'zod';
import { autoAssignSchema } from '../routing/directory.js';
import { personSchema } from './conversation.js';
import { defineConversationEvent } from './conversation-event.js';

/**
 * It has a new owner: by Assign to Me, by an Admin, or (`direct`) by Partyline itself: because the inbox is that
 * person's own, or by the `rule` of an inbox that assigns automatically.
 */
export const ConversationAssigned = defineConversationEvent(
  'conversation.assigned',
  1,
  z.object({
    owner: personSchema,
    cause: z.enum(['claim', 'admin', 'direct']),
    rule: autoAssignSchema.shape.rule.optional(),
  }),
);
