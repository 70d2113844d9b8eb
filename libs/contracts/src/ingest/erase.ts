import { z } from 'zod';
import { defineCall } from '../define.js';
import { answerOf } from '../problem.js';

/** Takes the content out of what carriers brought: texts, pictures, and the webhooks as they came. */
export const EraseReceipts = defineCall(
  'ingest',
  'erase-receipts',
  z.object({ tenantId: z.string(), messageIds: z.array(z.string()).max(500) }),
  answerOf(z.object({ erased: z.int() })),
);
