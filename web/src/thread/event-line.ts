import type { TimelineItem } from '@partyline/contracts';

/** What a tag is called now; null: that is not known. */
export type TagName = (id: string) => string | null;

/** One line of the thread for what happened to the conversation; null for what is shown in another way. */
export function eventLine(
  item: TimelineItem,
  viewerId: string,
  phone: (number: string) => string,
  tag: TagName = () => null,
): string | null {
  const name = (person: { id: string; name?: string | undefined }) =>
    person.id === viewerId ? 'you' : (person.name ?? 'Somebody');
  const actor = item.actor.kind === 'user' ? capital(name(item.actor)) : 'Partyline';
  switch (item.type) {
    case 'conversation.created':
      return `Conversation began on ${phone(item.data.number)}`;
    case 'conversation.assigned':
      switch (item.data.cause) {
        case 'claim':
          return item.data.owner.id === viewerId
            ? 'You assigned this to yourself'
            : `${item.data.owner.name} took this`;
        case 'admin':
          return `${actor} assigned this to ${name(item.data.owner)}`;
        case 'direct':
          if (item.data.rule) return `Partyline assigned this to ${name(item.data.owner)}`;
          return `Goes to ${name(item.data.owner)} directly`;
      }
      break;
    case 'conversation.transferred':
      return `${capital(name(item.data.from))} transferred to ${name(item.data.to)}`;
    case 'conversation.returned': {
      const from = name(item.data.from);
      switch (item.data.cause) {
        case 'returned':
          return item.actor.id === item.data.from.id
            ? `${capital(from)} returned this to the inbox`
            : `${actor} returned this to the inbox (it was with ${from})`;
        case 'left':
          return `Back in the inbox: ${from} left the team`;
        case 'disabled':
          return `Back in the inbox: ${from} was deactivated`;
        case 'away':
          return `Back in the inbox: ${from} ${from === 'you' ? 'are' : 'is'} out of office`;
      }
      break;
    }
    case 'conversation.done':
      return item.data.cause === 'menu'
        ? 'Done: the customer chose on in the menu'
        : `${actor} marked this as done`;
    case 'conversation.reopened': {
      const owner = item.data.owner ? ` for ${name(item.data.owner)}` : '';
      switch (item.data.cause) {
        case 'inbound':
          return `Reopened by a new message${owner}`;
        case 'manual':
          return item.actor.id === item.data.owner?.id
            ? `${actor} reopened this`
            : `${actor} reopened this${owner}`;
        case 'outbound':
          return `${actor} reopened this by writing`;
      }
      break;
    }
    case 'conversation.snoozed':
      return item.data.until === null
        ? `${actor} snoozed this until the customer writes`
        : `${actor} snoozed this until ${moment(item.data.until)}`;
    case 'conversation.woken':
      switch (item.data.cause) {
        case 'time':
          return 'Snooze over: back in the list';
        case 'message':
          return 'Back in the list: the customer wrote';
        case 'person':
          return `${actor} ended the snooze`;
      }
      break;
    case 'conversation.tagged': {
      const named = (ids: readonly string[]) => ids.map((id) => tag(id) ?? 'a tag').join(', ');
      const { added, removed } = item.data;
      const taken = `took off ${named(removed)}`;
      if (added.length === 0) return `${actor} ${taken}`;
      return `${actor} tagged this ${named(added)}${removed.length > 0 ? ` and ${taken}` : ''}`;
    }
    case 'consent.changed':
      return consentLine(item.data, actor);
    case 'contact.named':
      return item.data.contactName === null
        ? `${actor} removed the contact’s name`
        : `${actor} named the contact ${item.data.contactName}`;
    case 'conversation.erased':
      return `${actor} erased what the contact had written`;
    case 'message.received':
    case 'message.queued':
    case 'message.status':
    case 'note.added':
      return null;
  }
  return null;
}

const momentFormat = new Intl.DateTimeFormat(undefined, {
  weekday: 'short',
  month: 'short',
  day: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
});
const moment = (at: string): string => momentFormat.format(new Date(at));
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

type Consent = Extract<TimelineItem, { type: 'consent.changed' }>['data'];

function consentLine({ state, keyword, source = 'customer' }: Consent, actor: string): string {
  const out = state === 'opted_out';
  if (source === 'customer') {
    return out ? `The customer opted out with “${keyword}”` : `The customer opted in again with “${keyword}”`;
  }
  if (source === 'carrier') return `The carrier says that the customer opted out (code ${keyword})`;
  const from = source === 'import' ? ', from a file' : '';
  return out
    ? `${actor} noted that the customer opted out${from}`
    : `${actor} noted that the customer wants texts again${from}`;
}
