import { z } from 'zod';
import { defineCall } from '../define.js';
import { momentSchema } from '../envelope.js';
import { answerOf } from '../problem.js';
import { viewerSchema } from './commands.js';

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day like 21:00');

/** When customers are not to be disturbed, by the clock where they are. `from` later than `to` reaches over midnight. */
export const quietHoursSchema = z
  .object({ from: timeOfDay, to: timeOfDay })
  .refine(({ from, to }) => from !== to, { path: ['to'], message: 'must not be when they begin' });
export type QuietHours = z.infer<typeof quietHoursSchema>;

/** The law of the United States (TCPA) calls nobody before 8 and after 21. */
export const USUAL_QUIET_HOURS: QuietHours = { from: '21:00', to: '08:00' };

/** `hours` null: nobody is warned. */
export const quietHoursSettingsSchema = z.object({ hours: quietHoursSchema.nullable() });
export type QuietHoursSettings = z.infer<typeof quietHoursSettingsSchema>;

/** The clock where a customer is, as far as their numbers tell. */
export const contactTimeSchema = z.object({
  /** IANA names of all that the numbers may be in; none: the numbers do not tell. */
  timeZones: z.array(z.string()),
  /**
   * The quiet time that is now, or the next one: while it is quiet in any of the time zones. Null: the company has no
   * quiet hours, or no time zone is known.
   */
  quiet: z.object({ from: momentSchema, until: momentSchema }).nullable(),
});
export type ContactTime = z.infer<typeof contactTimeSchema>;

/** Of one conversation there are as many numbers as a group text can have. */
export const NUMBERS_AT_ONCE = 20;

const numbers = z.array(z.string().min(1).max(40)).min(1).max(NUMBERS_AT_ONCE);

/** As one parameter: E.164, with a comma between two. */
export const contactTimeQuery = z.object({
  numbers: z
    .string()
    .max(1000)
    .transform((list) => list.split(',').map((number) => number.trim()))
    .pipe(numbers),
});

export const GetContactTime = defineCall(
  'inbox',
  'contact-time',
  viewerSchema.extend({ numbers }),
  answerOf(contactTimeSchema),
);
/** Both for who manages inboxes. */
export const GetQuietHours = defineCall(
  'inbox',
  'quiet-hours',
  viewerSchema,
  answerOf(quietHoursSettingsSchema),
);
export const ChangeQuietHours = defineCall(
  'inbox',
  'change-quiet-hours',
  viewerSchema.extend(quietHoursSettingsSchema.shape),
  answerOf(quietHoursSettingsSchema),
);
