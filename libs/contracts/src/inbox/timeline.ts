import { z } from 'zod';
import { actorSchema, momentSchema } from '../envelope.js';
import { ConsentChanged } from './consent-changed.v1.js';
import { ContactNamed } from './contact-named.v1.js';
import { ConversationErased } from './conversation-erased.v1.js';
import { ConversationAssigned } from './conversation-assigned.v1.js';
import { ConversationCreated } from './conversation-created.v1.js';
import { ConversationDone } from './conversation-done.v1.js';
import { ConversationReopened } from './conversation-reopened.v1.js';
import { ConversationReturned } from './conversation-returned.v1.js';
import { ConversationSnoozed } from './conversation-snoozed.v1.js';
import { ConversationTagged } from './conversation-tagged.v1.js';
import { ConversationTransferred } from './conversation-transferred.v1.js';
import { ConversationWoken } from './conversation-woken.v1.js';
import { MessageQueued } from './message-queued.v1.js';
import { MessageReceived } from './message-received.v1.js';
import { MessageStatusChanged } from './message-status-changed.v1.js';
import { NoteAdded } from './note-added.v1.js';

/** Every event that a conversation's log can hold. */
export const CONVERSATION_EVENTS = [
  ConversationCreated,
  MessageReceived,
  ConversationAssigned,
  ConversationTransferred,
  ConversationReturned,
  ConversationDone,
  ConversationReopened,
  MessageQueued,
  MessageStatusChanged,
  NoteAdded,
  ConsentChanged,
  ContactNamed,
  ConversationErased,
  ConversationSnoozed,
  ConversationWoken,
  ConversationTagged,
] as const;

type Definition = (typeof CONVERSATION_EVENTS)[number];
export type ConversationEventType = Definition['type'];
export type ConversationEventData<T extends ConversationEventType> = z.infer<
  Extract<Definition, { type: T }>['data']
>;
/** One event as it stands in the log. */
export type ConversationEvent = {
  [T in ConversationEventType]: { readonly type: T; readonly data: ConversationEventData<T> };
}[ConversationEventType];

const place = {
  /** Derived from (conversation, seq, index); also the event's id on the bus. */
  id: z.string(),
  seq: z.int(),
  index: z.int(),
  at: momentSchema,
  actor: actorSchema,
};

/** One event of the log as a thread shows it. */
export const timelineItemSchema = z.discriminatedUnion('type', [
  z.object({ ...place, type: z.literal(ConversationCreated.type), data: ConversationCreated.data }),
  z.object({ ...place, type: z.literal(MessageReceived.type), data: MessageReceived.data }),
  z.object({ ...place, type: z.literal(ConversationAssigned.type), data: ConversationAssigned.data }),
  z.object({ ...place, type: z.literal(ConversationTransferred.type), data: ConversationTransferred.data }),
  z.object({ ...place, type: z.literal(ConversationReturned.type), data: ConversationReturned.data }),
  z.object({ ...place, type: z.literal(ConversationDone.type), data: ConversationDone.data }),
  z.object({ ...place, type: z.literal(ConversationReopened.type), data: ConversationReopened.data }),
  z.object({ ...place, type: z.literal(MessageQueued.type), data: MessageQueued.data }),
  z.object({ ...place, type: z.literal(MessageStatusChanged.type), data: MessageStatusChanged.data }),
  z.object({ ...place, type: z.literal(NoteAdded.type), data: NoteAdded.data }),
  z.object({ ...place, type: z.literal(ConsentChanged.type), data: ConsentChanged.data }),
  z.object({ ...place, type: z.literal(ContactNamed.type), data: ContactNamed.data }),
  z.object({ ...place, type: z.literal(ConversationErased.type), data: ConversationErased.data }),
  z.object({ ...place, type: z.literal(ConversationSnoozed.type), data: ConversationSnoozed.data }),
  z.object({ ...place, type: z.literal(ConversationWoken.type), data: ConversationWoken.data }),
  z.object({ ...place, type: z.literal(ConversationTagged.type), data: ConversationTagged.data }),
]);
export type TimelineItem = z.infer<typeof timelineItemSchema>;
