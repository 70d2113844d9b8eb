import { z } from 'zod';

/** Who caused something: a person, the system itself, the customer, or the carrier. */
export const actorSchema = z.object({
  kind: z.enum(['user', 'system', 'contact', 'carrier']),
  id: z.string(),
  name: z.string().optional(),
});
export type Actor = z.infer<typeof actorSchema>;

/** A moment as ISO 8601 in UTC with milliseconds: `2026-11-23T18:00:00.000Z`. */
export const momentSchema = z.iso.datetime();

/** What every event on the bus carries around its data. `seq` and `epoch` are those of its conversation, where it has one. */
export const envelopeSchema = z.object({
  id: z.string(),
  type: z.string(),
  version: z.int().positive(),
  occurredAt: momentSchema,
  tenantId: z.string(),
  aggregateId: z.string(),
  seq: z.int().nonnegative().optional(),
  epoch: z.int().nonnegative().optional(),
  actor: actorSchema,
  correlationId: z.string(),
  causationId: z.string().optional(),
  traceparent: z.string().optional(),
  data: z.unknown(),
});
export type Envelope<D = unknown> = Omit<z.infer<typeof envelopeSchema>, 'data'> & { data: D };
