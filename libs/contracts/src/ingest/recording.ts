import { z } from 'zod';
import { defineCall } from '../define.js';
import { momentSchema } from '../envelope.js';
import { viewerSchema } from '../inbox/commands.js';
import { answerOf } from '../problem.js';
import { readEventSchema } from './carriers.js';

export const MOST_RECORDED_REQUESTS = 100;
export const MOST_RECORDED_MINUTES = 24 * 60;

export const startRecordingBody = z.object({
  /** It ends by itself after so long. */
  minutes: z.int().min(1).max(MOST_RECORDED_MINUTES).default(60),
  /** Or after so many requests. */
  requests: z.int().min(1).max(MOST_RECORDED_REQUESTS).default(MOST_RECORDED_REQUESTS),
});

/** What became of a request. One that came before is accepted again. */
export const recordedOutcomeSchema = z.enum([
  'accepted',
  'handshake',
  'bad_signature',
  'malformed',
  'too_large',
  'unknown_account',
  'unavailable',
  'overloaded',
]);

/** A request to the webhook of an account, in a list. */
export const recordedRequestSchema = z.object({
  id: z.string(),
  at: momentSchema,
  method: z.string(),
  path: z.string(),
  query: z.string(),
  /** How long the body was. */
  bytes: z.int(),
  outcome: recordedOutcomeSchema,
  /** Why it was not taken; null where it was. */
  why: z.string().nullable(),
  /** The HTTP status that was answered. */
  status: z.int(),
  /** How long the answer took. */
  ms: z.int(),
  correlationId: z.string(),
});
export type RecordedRequest = z.infer<typeof recordedRequestSchema>;

/** With all that is kept of it: without credentials, the body cut where it is long. */
export const recordedRequestDetailSchema = recordedRequestSchema.extend({
  headers: z.record(z.string(), z.string()),
  body: z.string(),
  /** `base64` where the body is no text. */
  encoding: z.enum(['text', 'base64']),
  /** Whether some of the body is left out. */
  cut: z.boolean(),
  /** What was read in it. */
  events: z.array(readEventSchema),
  answer: z.object({ contentType: z.string().nullable(), body: z.string() }),
});
export type RecordedRequestDetail = z.infer<typeof recordedRequestDetailSchema>;

export const recordingSchema = z.object({
  on: z.boolean(),
  startedAt: momentSchema,
  startedBy: z.string(),
  /** When it ends, or ended, at the latest. */
  until: momentSchema,
  mostRequests: z.int(),
  /** How many it has kept so far. */
  kept: z.int(),
});
export const accountRecordingSchema = z.object({
  /** The last one; null: there was none. */
  recording: recordingSchema.nullable(),
  /** What is kept of it and of those before it, the latest first. */
  requests: z.array(recordedRequestSchema),
});
export type AccountRecording = z.infer<typeof accountRecordingSchema>;

const ofAccount = viewerSchema.extend({ accountId: z.string() });
export const StartRecording = defineCall(
  'ingest',
  'start-recording',
  ofAccount.extend(startRecordingBody.shape),
  answerOf(accountRecordingSchema),
);
/** What was kept stays for its time. */
export const StopRecording = defineCall(
  'ingest',
  'stop-recording',
  ofAccount,
  answerOf(accountRecordingSchema),
);
export const GetRecording = defineCall('ingest', 'recording', ofAccount, answerOf(accountRecordingSchema));
export const GetRecordedRequest = defineCall(
  'ingest',
  'recorded-request',
  ofAccount.extend({ requestId: z.string() }),
  answerOf(recordedRequestDetailSchema),
);
