import { z } from 'zod';
import { defineEvent } from '../define.js';
import { deliveryStatusSchema } from '../inbox/delivery-status.js';

/** What became of a reply. Repeated until the inbox service has it in the conversation. */
export const DeliveryStatusChanged = defineEvent(
  'delivery',
  'message.status',
  1,
  z.object({
    messageId: z.string(),
    conversationId: z.string(),
    inboxId: z.string(),
    status: deliveryStatusSchema,
    errorClass: z.string().nullable(),
    rawCode: z.string().nullable(),
    description: z.string().nullable(),
    providerMessageId: z.string().nullable(),
    /** Receipts of the carrier's webhooks that this status settles, so that ingest can mark them landed. */
    receiptIds: z.array(z.string()),
  }),
);
