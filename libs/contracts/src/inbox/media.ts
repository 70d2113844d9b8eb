import { z } from 'zod';

/** A picture or file of a message. */
export const mediaSchema = z.object({
  /** Stable within the message; the gateway serves it at `/conversations/:id/media/:mediaId`. */
  id: z.string(),
  /** Where the carrier keeps it. Only the ingest service fetches from there. */
  url: z.string(),
  contentType: z.string().nullable(),
});
export type Media = z.infer<typeof mediaSchema>;
