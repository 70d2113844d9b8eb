import { z } from 'zod';
import { inboxKindSchema } from '../inbox/conversation.js';

/** What takes a number's texts. A ring group or welcome menu can pass them on to a member or to everyone. */
export const destinationSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('department'), id: z.string() }),
  z.object({ kind: z.literal('ring_group'), id: z.string() }),
  z.object({ kind: z.literal('welcome_menu'), id: z.string() }),
]);
export type Destination = z.infer<typeof destinationSchema>;

/** Where a ring group or an option of a welcome menu sends texts. `self`: its own shared inbox. */
export const forwardSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('self') }),
  z.object({ kind: z.literal('member'), userId: z.string() }),
  z.object({ kind: z.literal('everyone') }),
  z.object({ kind: z.literal('department'), id: z.string() }),
  z.object({ kind: z.literal('ring_group'), id: z.string() }),
]);
export type Forward = z.infer<typeof forwardSchema>;

const id = z.string().min(1).max(64);
const name = z.string().trim().min(1).max(80);
const memberIds = z.array(id).max(500);

/** A weekly schedule in a time zone; outside of it a department answers with `closedReply`, and the text still lands. */
export const scheduleSchema = z.object({
  id,
  name,
  timeZone: z.string().min(1).max(64),
  hours: z
    .array(
      z.object({
        /** 1 is Monday, 7 is Sunday (ISO 8601). */
        day: z.int().min(1).max(7),
        from: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
        to: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/),
      }),
    )
    .max(50),
});

export const departmentSchema = z.object({
  id,
  name,
  memberIds,
  scheduleId: id.nullable().default(null),
  closedReply: z.string().max(1600).nullable().default(null),
});

export const ringGroupSchema = z.object({
  id,
  name,
  memberIds,
  textsTo: forwardSchema.default({ kind: 'self' }),
});

export const welcomeMenuSchema = z.object({
  id,
  name,
  memberIds,
  greeting: z.string().min(1).max(1600),
  options: z
    .array(z.object({ key: z.string().trim().min(1).max(20), label: name, to: forwardSchema }))
    .min(1)
    .max(20),
  /** After so many minutes without a text the customer is asked again. */
  sessionMinutes: z.int().min(1).max(525_600).default(1440),
});

export const numberSchema = z.object({
  /** The number itself, E.164, is its id. */
  id: z.string().regex(/^\+[1-9]\d{6,14}$/, 'must be an E.164 number like +12125550101'),
  name: name.nullable().default(null),
  carrier: z.string().min(1).max(40),
  carrierAccountId: id,
  destination: destinationSchema.nullable(),
  /** false: nobody is told when it usually gets texts and goes quiet. */
  quietAlert: z.boolean().optional(),
});

/**
 * Who gets what nobody owns, of the members who are available. `limit`: with so many open conversations in this inbox
 * somebody is given no more; they may still take some themselves.
 */
export const autoAssignSchema = z.object({
  rule: z.enum(['round_robin', 'least_busy']),
  limit: z.int().min(1).max(99),
});
export type AutoAssign = z.infer<typeof autoAssignSchema>;

/** A shared (or direct) inbox. Shared ones belong to exactly one department, ring group or welcome menu. */
export const inboxSchema = z.object({
  id,
  name,
  kind: inboxKindSchema,
  source: z.object({
    kind: z.enum(['department', 'ring_group', 'welcome_menu', 'member', 'everyone', 'unrouted']),
    id: z.string(),
  }),
  memberIds,
  /** Where a conversation goes that the customer reopens by writing. */
  reopenTo: z.enum(['unassigned', 'last_owner']).default('unassigned'),
  /** The Admins are alerted when a conversation is still unassigned after so many minutes; null: never. */
  alertAfterMinutes: z.int().min(1).max(10_080).nullable().default(15),
  /** Whoever goes out of office gives their open conversations back to Unassigned. Absent: they keep them. */
  returnWhenAway: z.boolean().optional(),
  /** Null or absent: people take conversations themselves. Of shared inboxes only. */
  autoAssign: autoAssignSchema.nullish(),
  active: z.boolean().default(true),
});
export type InboxDefinition = z.infer<typeof inboxSchema>;

export const DIRECTORY = {
  numbers: numberSchema,
  departments: departmentSchema,
  'ring-groups': ringGroupSchema,
  'welcome-menus': welcomeMenuSchema,
  schedules: scheduleSchema,
  inboxes: inboxSchema,
} as const;
export type DirectoryKind = keyof typeof DIRECTORY;
export type DirectoryRecord<K extends DirectoryKind> = z.infer<(typeof DIRECTORY)[K]>;
export const directoryKindSchema = z.enum(Object.keys(DIRECTORY) as [DirectoryKind, ...DirectoryKind[]]);
