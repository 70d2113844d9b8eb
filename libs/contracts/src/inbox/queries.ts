import { z } from 'zod';
import { answerOf } from '../problem.js';
import { defineCall } from '../define.js';
import { actorSchema, momentSchema } from '../envelope.js';
import { mediaSchema } from './media.js';
import { viewerSchema } from './commands.js';
import { conversationSchema, conversationViewSchema, inboxKindSchema } from './conversation.js';
import { timelineItemSchema } from './timeline.js';

/** Numbers stop at 100, which screens show as 99+. */
export const countsSchema = z.object({
  /** Open > Unassigned, all of them, and those with activity that the viewer has not seen (the blue badge). */
  unassigned: z.int(),
  unassignedUnread: z.int(),
  /** Assigned to the viewer, and those with unseen activity (the green badge). */
  mine: z.int(),
  mineUnread: z.int(),
  others: z.int(),
  /** Set aside, whoever has them. */
  snoozed: z.int().optional(),
});
export type Counts = z.infer<typeof countsSchema>;

export const inboxMemberSchema = z.object({
  id: z.string(),
  name: z.string(),
  active: z.boolean(),
  availability: z.enum(['available', 'away', 'out_of_office']),
  /** When they are available again by themselves; null or absent: when they say so. */
  awayUntil: momentSchema.nullish(),
  /** Whether they may own a conversation here (an Observer may not). */
  assignable: z.boolean(),
  /** How many open conversations they own in this inbox. */
  load: z.int(),
});
export type InboxMember = z.infer<typeof inboxMemberSchema>;

export const inboxSummarySchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: inboxKindSchema,
  numbers: z.array(z.string()),
  memberIds: z.array(z.string()),
  counts: countsSchema,
});
export type InboxSummary = z.infer<typeof inboxSummarySchema>;

/** The inboxes that the viewer may see, with counts for them. */
export const ListInboxes = defineCall(
  'inbox',
  'list-inboxes',
  viewerSchema,
  answerOf(z.array(inboxSummarySchema)),
);
/** The viewer's counts in some inboxes (all they may see when absent). Cheap: asked after every burst of events. */
export const GetCounts = defineCall(
  'inbox',
  'counts',
  viewerSchema.extend({ inboxIds: z.array(z.string()).optional() }),
  answerOf(z.record(z.string(), countsSchema)),
);
/** The members of an inbox, for the pickers of Assign and Transfer. */
export const ListInboxMembers = defineCall(
  'inbox',
  'members',
  viewerSchema.extend({ inboxId: z.string() }),
  answerOf(z.array(inboxMemberSchema)),
);

export const sectionSchema = z.object({
  /** What is snoozed is neither open nor done to lists: the one that wakes first comes first, whoever has it. */
  status: z.enum(['open', 'done', 'snoozed']),
  /** Of open ones: whose. Unassigned is sorted by the longest wait first, all others by the latest activity. */
  owner: z.enum(['unassigned', 'me', 'others', 'any']),
});
export const pageOf = <S extends z.ZodType>(item: S) =>
  z.object({
    items: z.array(item),
    /** Pass it back for the next page; null at the end. */ nextCursor: z.string().nullable(),
  });

export const ListConversations = defineCall(
  'inbox',
  'list-conversations',
  viewerSchema.extend(sectionSchema.shape).extend({
    inboxId: z.string(),
    /** Matches the contact's name or number. */
    q: z.string().max(200).optional(),
    /** Only what has this tag. */
    tag: z.string().max(64).optional(),
    cursor: z.string().max(500).optional(),
    limit: z.int().min(1).max(200),
  }),
  answerOf(pageOf(conversationViewSchema)),
);
export const GetConversation = defineCall(
  'inbox',
  'get-conversation',
  viewerSchema.extend({ conversationId: z.string() }),
  answerOf(conversationViewSchema),
);
export const GetTimeline = defineCall(
  'inbox',
  'timeline',
  viewerSchema.extend({
    conversationId: z.string(),
    /** Only entries with a smaller seq; absent: the newest. */
    before: z.int().positive().optional(),
    limit: z.int().min(1).max(200),
  }),
  /** Items ascending; `before` for the next older page is the first item's seq, null at the beginning. */
  answerOf(z.object({ items: z.array(timelineItemSchema), nextBefore: z.int().nullable() })),
);
/** One picture of one message of a conversation that the viewer may see. */
export const FindMedia = defineCall(
  'inbox',
  'find-media',
  viewerSchema.extend({ conversationId: z.string(), mediaId: z.string() }),
  answerOf(mediaSchema.extend({ carrier: z.string(), accountId: z.string() })),
);
/** Where a text went and why, for the Admin: the log entry that holds it. */
export const TraceMessage = defineCall(
  'inbox',
  'trace-message',
  viewerSchema.extend({ messageId: z.string() }),
  answerOf(z.object({ conversation: conversationSchema, item: timelineItemSchema })),
);
export const auditItemSchema = z.object({
  id: z.string(),
  at: momentSchema,
  actor: actorSchema,
  /** Both null: it was done to no conversation. */
  inboxId: z.string().nullable(),
  conversationId: z.string().nullable(),
  type: z.string(),
  data: z.record(z.string(), z.unknown()),
});
export type AuditItem = z.infer<typeof auditItemSchema>;
/** What was done to conversations, newest first, over all inboxes of the tenant; needs `viewAudit`. */
export const ListAudit = defineCall(
  'inbox',
  'audit',
  viewerSchema.extend({
    /** Only what this user did. Not `userId`: that is who asks. */
    actorId: z.string().optional(),
    inboxId: z.string().optional(),
    type: z.string().optional(),
    from: momentSchema.optional(),
    to: momentSchema.optional(),
    cursor: z.string().max(500).optional(),
    limit: z.int().min(1).max(200),
  }),
  /** `positions`: of each item, the cursor that goes on after its entry. */
  answerOf(pageOf(auditItemSchema).extend({ positions: z.array(z.string()).optional() })),
);

/**
 * Conversations of the inboxes that the viewer sees, in an order that nothing changes: whoever asks page by page gets
 * each one once, whatever happens meanwhile. Needs `export`. `limit` counts those that are looked at, so that a page
 * can hold fewer, or none, and still have one after it.
 */
export const ExportConversations = defineCall(
  'inbox',
  'export-conversations',
  viewerSchema.extend({
    inboxId: z.string().optional(),
    ownerId: z.string().optional(),
    status: z.enum(['open', 'done']).optional(),
    /** Of the latest activity, both inclusive. */
    from: momentSchema.optional(),
    to: momentSchema.optional(),
    cursor: z.string().max(500).optional(),
    limit: z.int().min(1).max(500),
  }),
  answerOf(pageOf(conversationSchema)),
);

/** Every conversation that waits for an owner, for whoever keeps alerts. Asked by notify, which has no viewer. */
export const ListWaiting = defineCall(
  'inbox',
  'waiting',
  z.object({ after: z.string().optional(), limit: z.int().min(1).max(1000) }),
  answerOf(
    z.object({
      items: z.array(
        z.object({
          tenantId: z.string(),
          conversationId: z.string(),
          inboxId: z.string(),
          epoch: z.int(),
          waitingSince: momentSchema,
          title: z.string(),
        }),
      ),
      next: z.string().nullable(),
    }),
  ),
);
