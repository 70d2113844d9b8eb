import { z } from 'zod';
import { defineCall } from '../define.js';
import { answerOf } from '../problem.js';
import { replyTextSchema, viewerSchema } from './commands.js';

/** What people answer again and again, with variables (see template-text). */
export const templateSchema = z.object({
  id: z.string(),
  name: z.string(),
  text: z.string(),
  /** Null: for all inboxes. */
  inboxId: z.string().nullable(),
  /** +1 at every change. */
  revision: z.int().positive(),
});
export type Template = z.infer<typeof templateSchema>;

const fields = {
  name: z.string().trim().min(1).max(60),
  text: replyTextSchema.min(1),
  inboxId: z.string().min(1).max(64).nullable(),
};
/** An unknown variable in the text is refused by the inbox service, with those that there are. */
export const newTemplateBody = z.object(fields);
/** Fields that are not given stay. With the `revision` that was on the screen it is refused when it is not the newest. */
export const changeTemplateBody = z
  .object(fields)
  .partial()
  .extend({ revision: z.int().positive().optional() });

const templateId = z.string().min(1).max(64);

/** Those that fit a reply in this inbox, by name; for whoever sees it and may reply. */
export const ListInboxTemplates = defineCall(
  'inbox',
  'inbox-templates',
  viewerSchema.extend({ inboxId: z.string() }),
  answerOf(z.array(templateSchema)),
);
/** All of the tenant's, by name; this and what follows for who manages inboxes. */
export const ListTemplates = defineCall(
  'inbox',
  'templates',
  viewerSchema,
  answerOf(z.array(templateSchema)),
);
/** The same id again with the same content is answered with what is there. */
export const CreateTemplate = defineCall(
  'inbox',
  'create-template',
  viewerSchema.extend({ templateId, ...newTemplateBody.shape }),
  answerOf(templateSchema),
);
export const ChangeTemplate = defineCall(
  'inbox',
  'change-template',
  viewerSchema.extend({ templateId, ...changeTemplateBody.shape }),
  answerOf(templateSchema),
);
export const RemoveTemplate = defineCall(
  'inbox',
  'remove-template',
  viewerSchema.extend({ templateId }),
  answerOf(z.object({ removed: z.boolean() })),
);
