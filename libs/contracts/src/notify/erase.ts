import { z } from 'zod';
import { defineCall } from '../define.js';
import { answerOf } from '../problem.js';

/** Drops what people and other systems were told of these conversations. */
export const EraseNews = defineCall(
  'notify',
  'erase-news',
  z.object({ tenantId: z.string(), conversationIds: z.array(z.string()).max(500) }),
  answerOf(z.object({ erased: z.int() })),
);
