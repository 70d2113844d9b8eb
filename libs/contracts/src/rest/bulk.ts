import { z } from 'zod';
import { commandAcceptedSchema } from '../inbox/commands.js';
import { problemSchema } from '../problem.js';

const conversationId = z.string();

/** What became of one conversation of many: the same answer, or the same problem, that it would have had alone. */
export const bulkResultSchema = z.discriminatedUnion('ok', [
  z.object({ conversationId, ok: z.literal(true), accepted: commandAcceptedSchema }),
  z.object({ conversationId, ok: z.literal(false), problem: problemSchema }),
]);
export type BulkResult = z.infer<typeof bulkResultSchema>;

/** In the order of the request. */
export const bulkAnswerSchema = z.object({ results: z.array(bulkResultSchema) });
export type BulkAnswer = z.infer<typeof bulkAnswerSchema>;
