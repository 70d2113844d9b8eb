import { z } from 'zod';
import { momentSchema } from '../envelope.js';
import { replyTextSchema } from '../inbox/commands.js';
import { MOST_ATTACHMENTS } from '../limits.js';
import { sectionSchema } from '../inbox/queries.js';

const epoch = z.int().nonnegative();
const userId = z.string().min(1).max(64);

/** Bodies and queries of the REST API, one schema each; OpenAPI is made from these same ones. */
export const loginBody = z.object({
  email: z.string().trim().toLowerCase().max(254),
  password: z.string().min(1).max(1024),
});
/** Without userId: Assign to Me. With: an Admin's assign, which needs expectedEpoch. */
export const assignBody = z.object({ userId: userId.optional(), expectedEpoch: epoch.optional() });
export const transferBody = z.object({ userId, expectedEpoch: epoch });
export const returnBody = z.object({ expectedEpoch: epoch });
/** seenSeq: the newest seq on the screen. Absent: the caller's read cursor counts. */
export const doneBody = z.object({ expectedEpoch: epoch, seenSeq: epoch.optional() });
/** `until` null: until the customer writes. `seenSeq` as in doneBody. */
export const snoozeBody = z.object({
  expectedEpoch: epoch,
  seenSeq: epoch.optional(),
  until: momentSchema.nullable(),
});
export const wakeBody = z.object({ expectedEpoch: epoch });
export const reopenBody = z.object({ expectedEpoch: epoch, userId: userId.optional() });
/** Up to a hundred conversations at once, each with what the same act on it alone would need. */
export const bulkBody = z
  .object({
    action: z.enum(['assign', 'transfer', 'return', 'done', 'reopen', 'tag', 'untag']),
    userId: userId.optional(),
    /** Which, to tag and untag. */
    tagId: z.string().min(1).max(64).optional(),
    items: z
      .array(
        z.object({
          conversationId: z.string().min(1).max(64),
          expectedEpoch: epoch.optional(),
          seenSeq: epoch.optional(),
        }),
      )
      .min(1)
      .max(100),
  })
  .refine(({ items }) => new Set(items.map((item) => item.conversationId)).size === items.length, {
    path: ['items'],
    message: 'a conversation is named twice',
  });
export const replyBody = z.object({
  clientMessageId: z.string().min(1).max(128),
  text: replyTextSchema,
  /** Files that were attached before, by their ids. */
  media: z.array(z.string().min(1).max(64)).max(MOST_ATTACHMENTS).optional(),
  claim: z.boolean().optional(),
  expectedEpoch: epoch.optional(),
  /** The newest seq on the screen: a text of the customer after it refuses with NEW_ACTIVITY. Absent: not asked. */
  seenSeq: epoch.optional(),
});
export const noteBody = z.object({ text: z.string().trim().min(1).max(5000) });
export const readBody = z.object({ seq: epoch });
export const typingBody = z.object({ typing: z.boolean() });
export const viewingBody = z.object({ viewing: z.boolean() });
export const startBody = z.object({
  to: z.string().min(1).max(40),
  number: z.string().optional(),
  clientMessageId: z.string().min(1).max(128),
  text: replyTextSchema.min(1),
});
export const conversationsQuery = z.object({
  status: sectionSchema.shape.status.default('open'),
  owner: sectionSchema.shape.owner.default('any'),
  q: z.string().max(200).optional(),
  tag: z.string().max(64).optional(),
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const mediaQuery = z.object({ size: z.enum(['small', 'full']).default('full') });
export const timelineQuery = z.object({
  before: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
