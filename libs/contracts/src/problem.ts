import { z } from 'zod';
import { conversationSchema } from './inbox/conversation.js';

/** Every reason for which a request can be refused. Stable: clients act on these, never on the words beside them. */
export const ERROR_CODES = [
  'VALIDATION',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'ASSIGNED_TO_OTHER',
  'STALE',
  'NOT_OWNER',
  'NEW_ACTIVITY',
  'DONE',
  'ALREADY_OPEN',
  'OPTED_OUT',
  'NOT_MEMBER',
  'IN_USE',
  'TOO_LARGE',
  'RATE_LIMITED',
  'UNAVAILABLE',
  'OUTCOME_UNKNOWN',
  'INTERNAL',
] as const;
export const errorCodeSchema = z.enum(ERROR_CODES);
export type ErrorCode = z.infer<typeof errorCodeSchema>;

/** A refusal as services pass it on. On a conflict: the state now, who made it so, and when. */
export const refusalSchema = z.object({
  code: errorCodeSchema,
  message: z.string(),
  conversation: conversationSchema.optional(),
  by: z.object({ id: z.string(), name: z.string() }).optional(),
  at: z.string().optional(),
  issues: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});
export type Refusal = z.infer<typeof refusalSchema>;

/** RFC 9457 body (`application/problem+json`). */
export const problemSchema = refusalSchema.omit({ message: true }).extend({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  instance: z.string().optional(),
  correlationId: z.string().optional(),
});
export type Problem = z.infer<typeof problemSchema>;

/** What a called service answers: its value, or why not. */
export const answerOf = <S extends z.ZodType>(value: S) =>
  z.discriminatedUnion('ok', [
    z.object({ ok: z.literal(true), value }),
    z.object({ ok: z.literal(false), error: refusalSchema }),
  ]);
