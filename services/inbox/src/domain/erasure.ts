import type { ConversationEvent } from '@partyline/contracts';

/** Whose content goes. `alone`: nobody else is on the customer's side, so what was written to them goes, too. */
export interface Erased {
  readonly peers: ReadonlySet<string>;
  readonly alone: boolean;
}

/**
 * An event of the log without its content. Kind, place, people, times, ids and consent stay, so that the log still
 * tells what happened. Adding a kind of event makes this fail to compile until it is said what of it goes.
 */
export function erasedEvent(event: ConversationEvent, erased: Erased): ConversationEvent {
  switch (event.type) {
    case 'conversation.created':
      return { ...event, data: { ...event.data, contactName: null } };
    case 'contact.named':
      return { ...event, data: { contactName: null } };
    case 'conversation.erased':
      return { ...event, data: { ...event.data, contactName: null } };
    case 'message.received':
      return erased.peers.has(event.data.from)
        ? { ...event, data: { ...event.data, text: '', media: [], trace: [] } }
        : event;
    case 'message.queued':
      return erased.alone ? { ...event, data: { ...event.data, text: '', media: [] } } : event;
    case 'message.status':
      return { ...event, data: { ...event.data, description: null } };
    case 'note.added':
      return erased.alone ? { ...event, data: { ...event.data, text: '' } } : event;
    case 'consent.changed':
    case 'conversation.assigned':
    case 'conversation.transferred':
    case 'conversation.returned':
    case 'conversation.done':
    case 'conversation.reopened':
    case 'conversation.snoozed':
    case 'conversation.tagged':
    case 'conversation.woken':
      return event;
    default:
      return event satisfies never;
  }
}
