import { z } from 'zod';
import { defineEvent } from '../define.js';

/** A person has read up to `cursor`. Not part of the log; losing one costs a stale badge in another window. */
export const CursorMoved = defineEvent(
  'inbox',
  'cursor.moved',
  1,
  z.object({ conversationId: z.string(), userId: z.string(), cursor: z.int() }),
);
