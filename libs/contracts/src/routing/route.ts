import { z } from 'zod';

/** One step of the way from a number to an inbox, in words for the Admin who asks "why here?". */
export const routeStepSchema = z.object({
  step: z.enum([
    'number',
    'department',
    'ring_group',
    'welcome_menu',
    'schedule',
    'member',
    'everyone',
    'unrouted',
    'inbox',
  ]),
  /** The thing looked at (an id), where there is one. */
  id: z.string().nullable(),
  text: z.string(),
});
export type RouteStep = z.infer<typeof routeStepSchema>;

/** Where a text goes, and why. */
export const routeSchema = z.object({
  inboxId: z.string(),
  inboxKind: z.enum(['shared', 'member', 'everyone']),
  /** The Team Member whose own inbox it is, for kind `member`. */
  memberId: z.string().nullable(),
  /** What a welcome menu answers by itself. */
  autoReply: z.string().nullable(),
  /** The menu's inbox that the customer leaves by choosing on; nobody has to take the dialogue there any more. */
  leavesInboxId: z.string().nullable(),
  trace: z.array(routeStepSchema).min(1),
});
export type Route = z.infer<typeof routeSchema>;
