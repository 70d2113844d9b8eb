import { z } from 'zod';

/** What the audit trail tells of besides conversations: what was set up, and what was taken away as a file. */
export const ACT_TYPES = [
  'user.created',
  'user.changed',
  'user.disabled',
  'role.created',
  'role.changed',
  'role.removed',
  'api_key.created',
  'api_key.revoked',
  'number.created',
  'number.changed',
  'number.removed',
  'department.created',
  'department.changed',
  'department.removed',
  'ring_group.created',
  'ring_group.changed',
  'ring_group.removed',
  'welcome_menu.created',
  'welcome_menu.changed',
  'welcome_menu.removed',
  'schedule.created',
  'schedule.changed',
  'schedule.removed',
  'inbox.created',
  'inbox.changed',
  'inbox.removed',
  'carrier_account.created',
  'carrier_account.changed',
  'carrier_account.removed',
  'carrier_account.secret_added',
  'carrier_account.secret_promoted',
  'carrier_account.secret_retired',
  'carrier_account.compared',
  'carrier_account.recording_started',
  'carrier_account.recording_stopped',
  'webhook.created',
  'webhook.changed',
  'webhook.removed',
  'webhook.secret_rotated',
  'webhook.resent',
  'template.created',
  'template.changed',
  'template.removed',
  'tag.created',
  'tag.changed',
  'opt_outs.noted',
  'consent_settings.changed',
  'quiet_hours.changed',
  'contact.merged',
  'contact.separated',
  'contact.erased',
  'export.made',
] as const;
export const actTypeSchema = z.enum(ACT_TYPES);
export type ActType = z.infer<typeof actTypeSchema>;

/**
 * How far it came. `begun`: it is under way, or whatever carried it out died meanwhile. `unknown`: nobody can tell
 * whether it was done. `broken_off`: a file of which not everything was taken.
 */
export const actOutcomeSchema = z.enum(['begun', 'done', 'refused', 'unknown', 'broken_off']);
export type ActOutcome = z.infer<typeof actOutcomeSchema>;

/** The `data` of such an item of the trail. */
export const actDataSchema = z.object({
  /** The id of what it was done to, or the name of the file. */
  target: z.string().nullable(),
  outcome: actOutcomeSchema,
  endedAt: z.string().nullable(),
  /** Why it was refused. */
  code: z.string().optional(),
  /** How many rows were read for a file. */
  rows: z.int().optional(),
  /** What was asked for, without anything secret. */
  given: z.record(z.string(), z.unknown()),
});
export type ActData = z.infer<typeof actDataSchema>;
