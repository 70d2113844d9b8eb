import { z } from 'zod';
import { defineCall } from '../define.js';
import { viewerSchema } from '../inbox/commands.js';
import { mediaSchema } from '../inbox/media.js';
import { answerOf } from '../problem.js';

/** A path on the ingest service that serves this picture for some minutes: signed, so that nobody else can ask for it. */
export const SignMediaPath = defineCall(
  'ingest',
  'sign-media',
  viewerSchema.extend({ accountId: z.string(), mediaId: z.string(), url: z.string() }),
  answerOf(z.object({ path: z.string() })),
);
/** A path on the ingest service that takes one file (PUT) for this conversation, for a minute. */
export const SignUploadPath = defineCall(
  'ingest',
  'sign-upload',
  viewerSchema.extend({ conversationId: z.string() }),
  answerOf(z.object({ path: z.string() })),
);
/** Files that were handed in for this conversation, as a reply carries them. */
export const FindUploads = defineCall(
  'ingest',
  'find-uploads',
  viewerSchema.extend({ conversationId: z.string(), mediaIds: z.array(z.string()).max(10) }),
  answerOf(z.array(mediaSchema)),
);
