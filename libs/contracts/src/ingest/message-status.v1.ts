import { z } from 'zod';
import { defineEvent } from '../define.js';
import { momentSchema } from '../envelope.js';
import { deliveryStatusSchema } from '../inbox/delivery-status.js';

export const carrierStatusSchema = z.object({
  receiptId: z.string(),
  carrier: z.string(),
  accountId: z.string(),
  providerMessageId: z.string(),
  /**
   * Our reference, where the status came to a callback URL that carries it as `?reference=` (delivery asks for that
   * on every send). It finds a reply whose send call was never answered, so that its provider id is not known.
   */
  reference: z.string().nullable().optional(),
  /** null: the carrier used a word that we do not know; it is kept in rawCode and changes nothing. */
  status: deliveryStatusSchema.nullable(),
  errorClass: z.string().nullable(),
  rawCode: z.string().nullable(),
  description: z.string().nullable(),
  receivedAt: momentSchema,
});
export type CarrierStatus = z.infer<typeof carrierStatusSchema>;

/** A carrier's webhook with a delivery status was verified and stored. */
export const CarrierStatusReceived = defineEvent('ingest', 'message.status', 1, carrierStatusSchema);
