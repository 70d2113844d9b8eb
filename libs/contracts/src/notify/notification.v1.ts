import { z } from 'zod';
import { defineEvent } from '../define.js';

/** One person is told one thing. */
export const notificationSchema = z.object({
  id: z.string(),
  userId: z.string(),
  kind: z.enum([
    'unassigned',
    'mine',
    'handed_over',
    'waiting_long',
    'webhook_disabled',
    'number_quiet',
    'number_heard',
    'account_failing',
    'account_recovered',
  ]),
  /** Empty, as the inbox is, where it is about no conversation (`webhook_disabled`, `number_…`, `account_…`). */
  conversationId: z.string(),
  inboxId: z.string(),
  title: z.string(),
  body: z.string(),
  at: z.string(),
});
export type Notification = z.infer<typeof notificationSchema>;

export const UserNotified = defineEvent('notify', 'user.notified', 1, notificationSchema);
