import { z } from 'zod';
import { defineCall } from '../define.js';
import { answerOf } from '../problem.js';
import { conversationCommand, commandAccepted, viewerSchema } from './commands.js';

/** As many as one conversation can have. */
export const TAGS_PER_CONVERSATION = 20;

/** Clients know how each looks, so that its words can always be read on it, on light and on dark. */
export const TAG_COLOURS = ['grey', 'red', 'orange', 'green', 'teal', 'blue', 'purple', 'pink'] as const;
export const tagColourSchema = z.enum(TAG_COLOURS);
export type TagColour = z.infer<typeof tagColourSchema>;

/** A word that people put on conversations to find them again. */
export const tagSchema = z.object({
  id: z.string(),
  name: z.string(),
  colour: tagColourSchema,
  /** It stays where it is, and is put on nothing more. */
  retired: z.boolean(),
  /** +1 at every change. */
  revision: z.int().positive(),
});
export type Tag = z.infer<typeof tagSchema>;

const fields = { name: z.string().trim().min(1).max(30), colour: tagColourSchema };
export const newTagBody = z.object(fields);
/** Fields that are not given stay. With the `revision` that was on the screen it is refused when it is not the newest. */
export const changeTagBody = z
  .object({ ...fields, retired: z.boolean() })
  .partial()
  .extend({ revision: z.int().positive().optional() });

const tagId = z.string().min(1).max(64);
const tagIds = z.array(tagId).max(TAGS_PER_CONVERSATION);
/** What is in both is put on. */
export const tagBody = z.object({ add: tagIds.default([]), remove: tagIds.default([]) });

/** Puts tags on a conversation and takes tags off it. */
export const TagConversation = defineCall(
  'inbox',
  'tag',
  conversationCommand.extend({ add: tagIds, remove: tagIds }),
  commandAccepted,
);
/** All of the tenant's by name, retired ones too: they still stand on conversations. For everybody who views any. */
export const ListTags = defineCall('inbox', 'tags', viewerSchema, answerOf(z.array(tagSchema)));
/** This and the next for who manages inboxes. The same id again with the same content is answered with what is there. */
export const CreateTag = defineCall(
  'inbox',
  'create-tag',
  viewerSchema.extend({ tagId, ...newTagBody.shape }),
  answerOf(tagSchema),
);
export const ChangeTag = defineCall(
  'inbox',
  'change-tag',
  viewerSchema.extend({ tagId, ...changeTagBody.shape }),
  answerOf(tagSchema),
);
