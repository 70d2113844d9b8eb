import { z } from 'zod';
import { momentSchema } from '../envelope.js';
import { defineConversationEvent } from './conversation-event.js';

/** It was set aside until a moment, or (null) until the customer writes. */
export const ConversationSnoozed = defineConversationEvent(
  'conversation.snoozed',
  1,
  z.object({ until: momentSchema.nullable() }),
);
