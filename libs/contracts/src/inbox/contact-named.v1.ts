import { z } from 'zod';
import { defineConversationEvent } from './conversation-event.js';

/** The contact is called something else from now on; null: by the number alone. Neither activity nor news for anybody. */
export const ContactNamed = defineConversationEvent(
  'contact.named',
  1,
  z.object({ contactName: z.string().nullable() }),
);
