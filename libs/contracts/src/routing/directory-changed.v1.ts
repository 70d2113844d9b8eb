import { z } from 'zod';
import { defineEvent } from '../define.js';
import { inboxSchema, numberSchema } from './directory.js';

/** An inbox as it is from now on; apply it only when `revision` is newer than what you hold. */
export const DirectoryInboxChanged = defineEvent(
  'routing',
  'directory.inbox-changed',
  1,
  z.object({ revision: z.int().positive(), removed: z.boolean(), inbox: inboxSchema }),
);

/** A number as it is from now on; apply it only when `revision` is newer than what you hold. */
export const DirectoryNumberChanged = defineEvent(
  'routing',
  'directory.number-changed',
  1,
  z.object({
    revision: z.int().positive(),
    removed: z.boolean(),
    number: numberSchema,
    inboxId: z.string().nullable(),
  }),
);
