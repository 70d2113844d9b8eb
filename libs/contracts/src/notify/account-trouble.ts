import { z } from 'zod';
import { momentSchema } from '../envelope.js';

/** What can be wrong with a carrier account, as far as it shows from here. */
export const ACCOUNT_TROUBLES = [
  'every_webhook_refused',
  'webhooks_refused',
  'replies_refused',
  'replies_waiting',
  'replies_failing',
] as const;

export const accountTroubleSchema = z.object({
  kind: z.enum(ACCOUNT_TROUBLES),
  since: momentSchema,
  /** Webhooks that were refused, or replies that failed or wait. */
  count: z.int(),
  /** Of so many in the same time. */
  of: z.int(),
  /** Of replies, the most frequent: an error class; null where none is known. */
  reason: z.string().nullable(),
});
export type AccountTrouble = z.infer<typeof accountTroubleSchema>;
