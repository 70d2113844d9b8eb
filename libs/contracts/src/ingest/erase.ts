import { z } from 'zod';
import { defineCall } from '../define.js';
import { answerOf } from '../problem.js';

/** Takes the content out of what carriers brought: texts, pictures, and the webhooks as they came. */
export const EraseReceipts = defineCall(
  'ingest',
  'erase-receipts',
  z.object({
    tenantId: z.string(),
    messageIds: z.array(z.string()).max(500),
    /** Of the person who is forgotten: recorded requests that name one of these go, too. */
    peers: z.array(z.string()).max(100).optional(),
  }),
  answerOf(z.object({ erased: z.int() })),
);
