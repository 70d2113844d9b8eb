import { z } from 'zod';
import { defineConversationEvent } from './conversation-event.js';
import { keywordSchema } from './keyword.js';
import { mediaSchema } from './media.js';

/** A reply was accepted and is on its way to the carrier. */
export const MessageQueued = defineConversationEvent(
  'message.queued',
  1,
  z.object({
    messageId: z.string(),
    clientMessageId: z.string(),
    carrier: z.string(),
    accountId: z.string(),
    from: z.string(),
    to: z.array(z.string()),
    text: z.string(),
    media: z.array(mediaSchema),
    /** `auto`: not written by a person, but sent by a welcome menu or in answer to a keyword. */
    origin: z.enum(['person', 'auto']),
    /** The keyword that it answers. Such an answer is sent to who opted out, too. */
    keyword: keywordSchema.optional(),
    /** The message of ours before it in the conversation, where that may not have left yet. */
    after: z.string().optional(),
  }),
);
