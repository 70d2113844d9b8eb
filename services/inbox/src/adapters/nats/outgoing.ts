import type { OutgoingEvent } from '@partyline/bus';
import { CONVERSATION_EVENTS, type ConversationEvent } from '@partyline/contracts';
import type { Projected } from '../../application/log/conversation-log.js';
import { eventId } from '../../application/queries/timeline-items.js';
import { summaryOf } from '../../domain/conversation.js';

const DEFINITIONS = new Map(CONVERSATION_EVENTS.map((definition) => [definition.type as string, definition]));

function definitionOf({ type }: ConversationEvent) {
  const definition = DEFINITIONS.get(type);
  if (!definition) throw new Error(`Nothing is known of how to publish ${type}`);
  return definition;
}

/** An entry's events as they go on the stream, each with the conversation as the entry made it. */
export function outgoingOf({ entry, state }: Projected, attempt = ''): OutgoingEvent[] {
  const { tenantId, conversationId, inbox, seq, at, actor, origin, events } = entry;
  const conversation = summaryOf(state);
  return events.map((event, index) => {
    const definition = definitionOf(event);
    const id = eventId(conversationId, seq, index);
    return {
      subject: definition.subject(tenantId, inbox.id),
      // A repeat that is meant has to get past the stream's own memory of what it has seen.
      msgId: attempt === '' ? id : `${id}.${attempt}`,
      envelope: {
        id,
        type: definition.type,
        version: definition.version,
        occurredAt: at,
        tenantId,
        aggregateId: conversationId,
        seq,
        epoch: state.epoch,
        actor,
        correlationId: origin.correlationId,
        ...(origin.causationId === undefined ? {} : { causationId: origin.causationId }),
        ...(origin.traceparent === undefined ? {} : { traceparent: origin.traceparent }),
        data: { index, event: event.data, conversation },
      },
    };
  });
}
