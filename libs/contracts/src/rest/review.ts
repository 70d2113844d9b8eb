import { z } from 'zod';
import { momentSchema } from '../envelope.js';
import { conversationSchema } from '../inbox/conversation.js';
import { timelineItemSchema } from '../inbox/timeline.js';
import { tracedMediaSchema } from '../ingest/calls.js';

export const explainBody = z.object({
  to: z.string().min(1).max(40),
  from: z.string().min(1).max(40),
  text: z.string().max(1600).default(''),
  at: momentSchema.optional(),
});
export const traceAnswer = z.object({
  receipt: z
    .object({
      receiptId: z.string(),
      carrier: z.string(),
      accountId: z.string(),
      receivedAt: momentSchema,
      publishedTimes: z.int(),
      landedAt: momentSchema.nullable(),
      /** `carrier_log`: no webhook brought it; it was found in the carrier's own log. */
      via: z.enum(['webhook', 'carrier_log']).optional(),
      media: z.array(tracedMediaSchema).optional(),
    })
    .nullable(),
  landed: z.object({ conversation: conversationSchema, item: timelineItemSchema }).nullable(),
});
export const auditQuery = z.object({
  userId: z.string().max(64).optional(),
  inboxId: z.string().max(128).optional(),
  type: z.string().max(64).optional(),
  from: momentSchema.optional(),
  to: momentSchema.optional(),
  cursor: z.string().max(1000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
