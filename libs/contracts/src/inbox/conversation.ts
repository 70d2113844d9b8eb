import { z } from 'zod';
import { momentSchema } from '../envelope.js';

/** `shared`: exclusive ownership. `member`: one person's own, always theirs. `everyone`: all see it, anyone replies, nobody owns. */
export const inboxKindSchema = z.enum(['shared', 'member', 'everyone']);
export type InboxKind = z.infer<typeof inboxKindSchema>;

export const personSchema = z.object({ id: z.string(), name: z.string() });
export type Person = z.infer<typeof personSchema>;

/**
 * A conversation as everybody may see it, after log entry `seq`. Lists and live events carry this; what depends on
 * the viewer is in {@link conversationViewSchema}.
 */
export const conversationSchema = z.object({
  id: z.string(),
  inboxId: z.string(),
  inboxKind: inboxKindSchema,
  /** Our number, E.164. */
  number: z.string(),
  /** The customer's side: one address, or several in a group text; sorted. */
  peers: z.array(z.string()),
  contactName: z.string().nullable(),
  status: z.enum(['open', 'done']),
  owner: personSchema.nullable(),
  lastOwner: personSchema.nullable(),
  epoch: z.int(),
  seq: z.int(),
  /** The last seqs that count as new activity, ascending, at most 10. */
  attention: z.array(z.int()),
  /** seq of the last inbound text; 0 when there is none. */
  lastInboundSeq: z.int(),
  preview: z
    .object({ text: z.string(), from: z.enum(['contact', 'us', 'note']), at: momentSchema })
    .nullable(),
  /** Since when somebody waits for an owner; null unless open and unassigned. */
  waitingSince: momentSchema.nullable(),
  lastActivityAt: momentSchema,
  /** Who last changed status or owner, and when. */
  changedBy: personSchema.nullable(),
  changedAt: momentSchema,
  optedOut: z.boolean(),
  /** Whether the newest outbound message did not arrive. */
  failed: z.boolean(),
  /** Set aside, by whom and until when (`until` null: until the customer writes). Null or absent: it is not. */
  snoozed: z
    .object({ until: momentSchema.nullable(), by: personSchema.nullable(), at: momentSchema })
    .nullish(),
  /** Ids of its tags, in the order in which they were put on. Absent: none. */
  tags: z.array(z.string()).optional(),
});
export type Conversation = z.infer<typeof conversationSchema>;

/** What a person may do with it now; a string is the reason why not, in words for the screen. */
export const allowedSchema = z.partialRecord(
  z.enum([
    'assignToMe',
    'assign',
    'transfer',
    'return',
    'done',
    'reopen',
    'reply',
    'claimAndReply',
    'note',
    'snooze',
    'tag',
  ]),
  z.union([z.literal(true), z.string()]),
);
export type Allowed = z.infer<typeof allowedSchema>;

/** A conversation as one person sees it. `cursor`: how far they have read (a seq). */
export const conversationViewSchema = conversationSchema.extend({
  cursor: z.int(),
  unread: z.int(),
  allowed: allowedSchema,
});
export type ConversationView = z.infer<typeof conversationViewSchema>;

/** The new activity that a viewer has not seen: how many entries, at most 10 are known. */
export function unreadOf(conversation: Pick<Conversation, 'attention'>, cursor: number): number {
  return conversation.attention.filter((seq) => seq > cursor).length;
}
