import { z } from 'zod';
import { defineCall } from '../define.js';
import { momentSchema } from '../envelope.js';
import { answerOf } from '../problem.js';
import { conversationViewSchema } from './conversation.js';
import { mediaSchema } from './media.js';

/** Who asks. Permissions and membership are the inbox service's own knowledge; the caller only vouches for the user. */
export const viewerSchema = z.object({ tenantId: z.string(), userId: z.string(), correlationId: z.string() });
export type Viewer = z.infer<typeof viewerSchema>;

export const conversationCommand = viewerSchema.extend({
  conversationId: z.string(),
  /** The Idempotency-Key of the request: the same one gets the same answer and changes nothing more. */
  commandId: z.string().min(1).max(128),
});
const owned = conversationCommand.extend({
  /** The epoch the person saw; null where the client does not say (only claims may). */
  expectedEpoch: z.int().nonnegative(),
});

/** Accepted: the conversation as the caller sees it now, and the seq of the log entry (the same for a repeat). */
export const commandAcceptedSchema = z.object({ conversation: conversationViewSchema, seq: z.int() });
export type CommandAccepted = z.infer<typeof commandAcceptedSchema>;
export const commandAccepted = answerOf(commandAcceptedSchema);

/** Assign to Me, row 4 of the table of states (and row 5 where an Admin takes another's for themself). */
export const ClaimConversation = defineCall(
  'inbox',
  'claim',
  conversationCommand.extend({ expectedEpoch: z.int().nonnegative().optional() }),
  commandAccepted,
);
/** Whom it is to belong to. Not `userId`: that is who asks. */
const assigneeId = z.string();

/** Admin's assign, row 5. */
export const AssignConversation = defineCall(
  'inbox',
  'assign',
  owned.extend({ assigneeId }),
  commandAccepted,
);
export const TransferConversation = defineCall(
  'inbox',
  'transfer',
  owned.extend({ assigneeId }),
  commandAccepted,
);
export const ReturnConversation = defineCall('inbox', 'return', owned, commandAccepted);
/** `seenSeq`: the last seq that the person had on the screen; an inbound text after it refuses with NEW_ACTIVITY. */
export const CompleteConversation = defineCall(
  'inbox',
  'done',
  owned.extend({ seenSeq: z.int().nonnegative() }),
  commandAccepted,
);
/** Sets it aside until `until`, or (null) until the customer writes; `seenSeq` as in CompleteConversation. */
export const SnoozeConversation = defineCall(
  'inbox',
  'snooze',
  owned.extend({ seenSeq: z.int().nonnegative(), until: momentSchema.nullable() }),
  commandAccepted,
);
/** Ends a snooze by hand. */
export const WakeConversation = defineCall('inbox', 'wake', owned, commandAccepted);
export const ReopenConversation = defineCall(
  'inbox',
  'reopen',
  owned.extend({ assigneeId: assigneeId.optional() }),
  commandAccepted,
);

export const replyTextSchema = z.string().max(1600);
export const ReplyToConversation = defineCall(
  'inbox',
  'reply',
  conversationCommand.extend({
    expectedEpoch: z.int().nonnegative().optional(),
    clientMessageId: z.string().min(1).max(128),
    text: replyTextSchema,
    media: z.array(mediaSchema).max(10),
    /** Assign & send: take an unassigned conversation and reply, in one entry. */
    claim: z.boolean(),
    /** The last seq that the person had on the screen; an inbound text after it refuses with NEW_ACTIVITY. */
    seenSeq: z.int().nonnegative().optional(),
  }),
  commandAccepted,
);
export const AddNote = defineCall(
  'inbox',
  'note',
  conversationCommand.extend({ text: z.string().min(1).max(5000) }),
  commandAccepted,
);
export const StartConversation = defineCall(
  'inbox',
  'start',
  viewerSchema.extend({
    commandId: z.string().min(1).max(128),
    inboxId: z.string(),
    number: z.string().optional(),
    to: z.string(),
    clientMessageId: z.string().min(1).max(128),
    text: replyTextSchema,
  }),
  commandAccepted,
);
/** Moves the caller's read cursor forward to `seq`. Not part of the log. */
export const MarkRead = defineCall(
  'inbox',
  'read',
  viewerSchema.extend({ conversationId: z.string(), seq: z.int().nonnegative() }),
  answerOf(z.object({ cursor: z.int(), unread: z.int() })),
);
