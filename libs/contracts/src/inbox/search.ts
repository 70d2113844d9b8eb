import { z } from 'zod';
import { defineCall } from '../define.js';
import { momentSchema } from '../envelope.js';
import { answerOf } from '../problem.js';
import { viewerSchema } from './commands.js';
import { contactSchema } from './contacts.js';
import { conversationViewSchema } from './conversation.js';

/** A conversation that was found: by whom it is with (no snippet), or by the newest text in it that has the words. */
export const searchHitSchema = z.object({
  conversation: conversationViewSchema,
  snippet: z.string().nullable(),
  /** Where the words are in the snippet: pairs of start and end, in UTF-16 units. */
  highlights: z.array(z.tuple([z.int(), z.int()])).optional(),
  /** The place of the text in the conversation's log, and when it was written. */
  seq: z.int().optional(),
  at: momentSchema.optional(),
});
export type SearchHit = z.infer<typeof searchHitSchema>;

export const searchAnswerSchema = z.object({
  contacts: z.array(contactSchema).optional(),
  items: z.array(searchHitSchema),
  /** False: there was no time to look further back, so older texts may be missing. */
  complete: z.boolean().optional(),
});
export type SearchAnswer = z.infer<typeof searchAnswerSchema>;

/** In the inboxes that the viewer may see. All words have to be there; the last one may be the beginning of a word. */
export const Search = defineCall(
  'inbox',
  'search',
  viewerSchema.extend({ q: z.string().min(1).max(200), limit: z.int().min(1).max(50) }),
  answerOf(searchAnswerSchema),
);
