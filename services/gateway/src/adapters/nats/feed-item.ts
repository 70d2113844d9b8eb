import type { ReadEvent } from '@partyline/bus';
import {
  CONVERSATION_EVENTS,
  CursorMoved,
  timelineItemSchema,
  type Conversation,
  type Envelope,
  type EventDefinition,
} from '@partyline/contracts';
import type { FeedItem } from '../../application/live/feed.js';

type PublishedEvent = { index: number; event: unknown; conversation: Conversation };

const DEFINITIONS = new Map<string, EventDefinition<PublishedEvent>>(
  CONVERSATION_EVENTS.map((definition) => [
    `${definition.type}.v${definition.version}`,
    definition as EventDefinition<PublishedEvent>,
  ]),
);

/** What live views are told of an event of the inbox stream; null where they know nothing of its kind. Throws a ZodError. */
export function feedItemOf({ envelope, sequence, subject }: ReadEvent): FeedItem | null {
  const kind = `${envelope.type}.v${envelope.version}`;
  if (kind === `${CursorMoved.type}.v${CursorMoved.version}`) {
    const { tenantId, data } = CursorMoved.parse(envelope);
    // inbox.<tenant>.<inbox>.cursor.moved.v1
    const inboxId = subject.split('.')[2] ?? '';
    return { kind: 'cursor', sequence, tenantId, inboxId, ...data };
  }
  const definition = DEFINITIONS.get(kind);
  return definition ? conversationItem(definition.parse(envelope), sequence) : null;
}

function conversationItem(envelope: Envelope<PublishedEvent>, sequence: number): FeedItem {
  const { index, event, conversation } = envelope.data;
  const item = timelineItemSchema.parse({
    id: envelope.id,
    seq: envelope.seq,
    index,
    at: envelope.occurredAt,
    actor: envelope.actor,
    type: envelope.type,
    data: event,
  });
  const { tenantId } = envelope;
  return { kind: 'conversation', sequence, tenantId, inboxId: conversation.inboxId, conversation, item };
}
