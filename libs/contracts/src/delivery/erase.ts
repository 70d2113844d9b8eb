import { z } from 'zod';
import { defineCall } from '../define.js';
import { answerOf } from '../problem.js';

/** Takes the text out of replies that were sent. One that is still on its way is left: the call is to be repeated. */
export const EraseAttempts = defineCall(
  'delivery',
  'erase-attempts',
  z.object({ tenantId: z.string(), messageIds: z.array(z.string()).max(500) }),
  answerOf(z.object({ erased: z.int(), onTheirWay: z.int() })),
);
