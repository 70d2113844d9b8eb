import { z } from 'zod';
import { deliveryStatusSchema } from './delivery-status.js';
import { defineConversationEvent } from './conversation-event.js';

/** The carrier told what became of a reply. Only ever forward. */
export const MessageStatusChanged = defineConversationEvent(
  'message.status',
  1,
  z.object({
    messageId: z.string(),
    status: deliveryStatusSchema,
    errorClass: z.string().nullable(),
    /** What the carrier said, verbatim. */
    rawCode: z.string().nullable(),
    description: z.string().nullable(),
  }),
);
