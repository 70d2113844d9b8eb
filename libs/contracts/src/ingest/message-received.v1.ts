import { z } from 'zod';
import { defineEvent } from '../define.js';
import { momentSchema } from '../envelope.js';
import { keywordSchema } from '../inbox/keyword.js';
import { mediaSchema } from '../inbox/media.js';

/** A customer's text, normalized from what the carrier sent, byte for byte. */
export const inboundMessageSchema = z.object({
  receiptId: z.string(),
  messageId: z.string(),
  carrier: z.string(),
  accountId: z.string(),
  providerMessageId: z.string(),
  /** E.164, a short code, or an alphanumeric sender as the carrier gave it. */
  from: z.string(),
  to: z.string(),
  /** The other people of a group text; empty otherwise. */
  group: z.array(z.string()),
  text: z.string(),
  media: z.array(mediaSchema),
  receivedAt: momentSchema,
  /** When the carrier had it, where it says so. */
  sentAt: momentSchema.nullable().optional(),
  /** How many SMS it came in, where the carrier says so. */
  segments: z.int().nullable().optional(),
  /** What the carrier took the text for, where it says so: its words may be others than ours. */
  keyword: keywordSchema.optional(),
  /** It is a keyword, and the carrier, or the network, answers it by itself. */
  answeredByCarrier: z.boolean().optional(),
});
export type InboundMessage = z.infer<typeof inboundMessageSchema>;

/** A carrier's webhook with a text was verified and stored. */
export const InboundMessageReceived = defineEvent('ingest', 'message.received', 1, inboundMessageSchema);
