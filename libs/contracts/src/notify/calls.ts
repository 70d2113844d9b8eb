import { z } from 'zod';
import { defineCall } from '../define.js';
import { viewerSchema } from '../inbox/commands.js';
import { momentSchema } from '../envelope.js';
import { answerOf } from '../problem.js';
import { ACCOUNT_TROUBLES } from './account-trouble.js';
import { notificationSchema } from './notification.v1.js';

/** As a browser's PushSubscription.toJSON() gives it (W3C Push API). */
export const pushSubscriptionSchema = z.object({
  endpoint: z.url({ protocol: /^https$/ }),
  keys: z.object({ p256dh: z.string(), auth: z.string() }),
});
export const RegisterDevice = defineCall(
  'notify',
  'register-device',
  viewerSchema.extend({ subscription: pushSubscriptionSchema }),
  answerOf(z.object({ id: z.string() })),
);
export const RemoveDevice = defineCall(
  'notify',
  'remove-device',
  viewerSchema.extend({ endpoint: z.string() }),
  answerOf(z.object({ removed: z.boolean() })),
);
export const ListNotifications = defineCall(
  'notify',
  'list',
  viewerSchema.extend({ limit: z.int().min(1).max(100) }),
  answerOf(z.array(notificationSchema)),
);
export const preferencesSchema = z.object({
  /** Per inbox id: whether to be told of new Unassigned activity. Absent: yes. */
  unassigned: z.record(z.string(), z.boolean()),
  push: z.boolean(),
});
export const GetPreferences = defineCall('notify', 'preferences', viewerSchema, answerOf(preferencesSchema));
export const SetPreferences = defineCall(
  'notify',
  'set-preferences',
  viewerSchema.extend({ preferences: preferencesSchema }),
  answerOf(preferencesSchema),
);

/** A number that usually gets texts, and has had none for longer than it should. */
export const quietNumberSchema = z.object({
  number: z.string(),
  name: z.string().nullable(),
  /** Through which its last text came. */
  accountId: z.string(),
  lastTextAt: momentSchema,
  /** When the Admins were told. */
  noticedAt: momentSchema,
});
export type QuietNumber = z.infer<typeof quietNumberSchema>;
export const ListQuietNumbers = defineCall(
  'notify',
  'quiet-numbers',
  viewerSchema,
  answerOf(z.array(quietNumberSchema)),
);

/** A carrier account of which the Admins are told that it does not work as it should. */
export const accountAlertSchema = z.object({
  id: z.string(),
  accountId: z.string(),
  kind: z.enum(ACCOUNT_TROUBLES),
  /** What happened, and what to do. */
  title: z.string(),
  body: z.string(),
  noticedAt: momentSchema,
});
export type AccountAlert = z.infer<typeof accountAlertSchema>;
export const ListAccountAlerts = defineCall(
  'notify',
  'account-alerts',
  viewerSchema,
  answerOf(z.array(accountAlertSchema)),
);
