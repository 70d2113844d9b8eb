import { z } from 'zod';
import { momentSchema } from '../envelope.js';
import { routeStepSchema } from '../routing/route.js';
import { defineConversationEvent } from './conversation-event.js';
import { keywordSchema } from './keyword.js';
import { mediaSchema } from './media.js';

/** A text of the customer stands in the conversation. */
export const MessageReceived = defineConversationEvent(
  'message.received',
  1,
  z.object({
    messageId: z.string(),
    receiptId: z.string(),
    carrier: z.string(),
    accountId: z.string(),
    from: z.string(),
    to: z.string(),
    text: z.string(),
    media: z.array(mediaSchema),
    receivedAt: momentSchema,
    /** When the carrier had it, where it says so: earlier than `receivedAt` where the webhook was lost. */
    sentAt: momentSchema.nullable().optional(),
    segments: z.int().nullable().optional(),
    /** A consent word (STOP, START, HELP and their kin), where the whole text is one. */
    keyword: keywordSchema.nullable(),
    /** Why it landed here: every step of the routing. */
    trace: z.array(routeStepSchema),
  }),
);
