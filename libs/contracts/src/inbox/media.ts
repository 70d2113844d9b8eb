import { z } from 'zod';

/** A picture or file of a message. */
export const mediaSchema = z.object({
  /** Stable within the message; the gateway serves it at `/conversations/:id/media/:mediaId`. */
  id: z.string(),
  /** Where the carrier keeps it, or `upload:<id>` where we do. Only the ingest service fetches from there. */
  url: z.string(),
  contentType: z.string().nullable(),
});
export type Media = z.infer<typeof mediaSchema>;

/** What stands for an address where the file came from one of our people. */
export const uploadUrl = (mediaId: string): string => `upload:${mediaId}`;
export const isUploadUrl = (url: string): boolean => url.startsWith('upload:');
/** The file of such an address. */
export const uploadIdOf = (url: string): string => url.slice('upload:'.length);

/** A file that was handed in, for a reply to carry. */
export const attachmentSchema = mediaSchema.omit({ url: true });
export type Attachment = z.infer<typeof attachmentSchema>;
