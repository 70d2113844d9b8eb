import { z } from 'zod';
import { defineCall } from '../define.js';
import { viewerSchema } from '../inbox/commands.js';
import { answerOf } from '../problem.js';

/** A carrier as an Admin sets up an account with it. */
export const carrierSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** Where the webhook's URL goes at the carrier. */
  setup: z.string(),
  /** What to do at the carrier to change the secret that webhooks are checked by. */
  rotation: z.string(),
  fields: z.array(
    z.object({
      /** Its key in `settings` or `secrets` of an account. */
      name: z.string(),
      kind: z.enum(['setting', 'secret']),
      label: z.string(),
      help: z.string(),
      required: z.boolean(),
      example: z.string().optional(),
      options: z.array(z.string()).optional(),
      /** Whether webhooks are checked by it, so that it can have two values at once. */
      rotates: z.boolean(),
    }),
  ),
  /** Of each group at least one is needed. */
  oneOf: z.array(z.array(z.string())),
  /** Whether its own list of messages can be compared with ours. */
  hasLog: z.boolean(),
  /** We connect to it, and it calls no webhook. */
  binds: z.boolean().optional(),
});
export type CarrierDescription = z.infer<typeof carrierSchema>;

export const ListCarriers = defineCall('ingest', 'carriers', viewerSchema, answerOf(z.array(carrierSchema)));

/** A mapping of the generic carrier, and something that came from it; what is left out is guessed from the rest. */
export const tryMappingBody = z.object({
  mapping: z.string().max(64 * 1024),
  body: z.string().max(64 * 1024),
  method: z.enum(['GET', 'POST']).optional(),
  query: z.string().max(8192).optional(),
  contentType: z.string().max(200).optional(),
  /** Our number, as the account has it in its settings. */
  number: z.string().max(40).optional(),
});
/** Texts and reports as they were read, for people to look at. */
export const readEventSchema = z.object({
  kind: z.enum(['message', 'status']),
  providerMessageId: z.string(),
  /** Of a text. */
  from: z.string().optional(),
  to: z.string().optional(),
  text: z.string().optional(),
  media: z.array(z.string()).optional(),
  /** Of a delivery report: what we make of it, null for a word that changes nothing, and the carrier's own word. */
  status: z.string().nullable().optional(),
  rawStatus: z.string().optional(),
});
export const mappingTryOutSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), events: z.array(readEventSchema) }),
  z.object({
    ok: z.literal(false),
    /** Whether the mapping itself or its fit to the sample is at fault. */
    about: z.enum(['mapping', 'sample']),
    error: z.string(),
  }),
]);
export type MappingTryOut = z.infer<typeof mappingTryOutSchema>;
export const TryMapping = defineCall(
  'ingest',
  'try-mapping',
  viewerSchema.extend(tryMappingBody.shape),
  answerOf(mappingTryOutSchema),
);
