import { z } from 'zod';
import { defineEvent, type EventDefinition } from '../define.js';
import { conversationSchema, type Conversation } from './conversation.js';

/** What a published conversation event carries: its own data, its place in its log entry, and the conversation after that entry. */
export interface Published<D> {
  index: number;
  event: D;
  conversation: Conversation;
}

export interface ConversationEventDefinition<T extends string, S extends z.ZodObject> extends EventDefinition<
  Published<z.infer<S>>
> {
  readonly type: T;
  /** The schema of the event alone, as it stands in the log. */
  readonly data: S;
}

export function defineConversationEvent<T extends string, S extends z.ZodObject>(
  type: T,
  version: number,
  data: S,
): ConversationEventDefinition<T, S> {
  const published = z.object({ index: z.int().nonnegative(), event: data, conversation: conversationSchema });
  const definition = defineEvent(
    'inbox',
    type,
    version,
    published as unknown as z.ZodType<Published<z.infer<S>>>,
  );
  return { ...definition, type, data };
}
