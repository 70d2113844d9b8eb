import { z } from 'zod';
import { defineConversationEvent } from './conversation-event.js';

/** An internal note. Never leaves the company. */
export const NoteAdded = defineConversationEvent(
  'note.added',
  1,
  z.object({ noteId: z.string(), text: z.string() }),
);
