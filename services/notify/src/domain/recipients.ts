import type { Actor, Conversation, ConversationEvent, Notification } from '@partyline/contracts';
import type { Inbox } from './inbox.js';
import { canAct, isThere, type Person } from './person.js';

/** Something that happened in a conversation, with the conversation as it was after it. */
export interface News {
  readonly event: ConversationEvent;
  readonly conversation: Conversation;
  readonly actor: Actor;
}

export interface Recipient {
  readonly userId: string;
  readonly kind: Notification['kind'];
}

const nobody: readonly Recipient[] = [];

/**
 * Who is told: the members of the inbox of activity on Unassigned, the owner of activity on theirs, the new owner when
 * somebody else made them so. Never who did it, never who cannot act. Notes, statuses, replies and Done tell nobody.
 * Where the inbox gives texts to who is there, that person is told, not all who might have had it; what nobody has room
 * for is told by the alert to the Admins.
 */
export function recipients(
  news: News,
  inbox: Inbox,
  person: (userId: string) => Person | undefined,
): readonly Recipient[] {
  const { actor } = news;
  if (isGivenOut(news, inbox, person)) return nobody;
  const told = new Map<string, Recipient>();
  for (const candidate of candidates(news, inbox)) {
    if (actor.kind === 'user' && actor.id === candidate.userId) continue;
    const known = person(candidate.userId);
    if (known && canAct(known)) told.set(candidate.userId, candidate);
  }
  return [...told.values()];
}

function isGivenOut(
  { event, conversation }: News,
  inbox: Inbox,
  person: (userId: string) => Person | undefined,
): boolean {
  if (inbox.givesOut !== true || event.type !== 'message.received') return false;
  if (conversation.inboxKind !== 'shared' || conversation.owner) return false;
  return inbox.memberIds.some((userId) => {
    const member = person(userId);
    return member !== undefined && canAct(member) && isThere(member);
  });
}

function candidates({ event, conversation }: News, inbox: Inbox): readonly Recipient[] {
  const members = inbox.memberIds.map((userId): Recipient => ({ userId, kind: 'unassigned' }));
  switch (event.type) {
    case 'message.received':
      // A STOP leaves a Done conversation done, and nobody has to do anything about it.
      if (conversation.status === 'done' || event.data.keyword === 'stop') return nobody;
      if (conversation.owner) return [{ userId: conversation.owner.id, kind: 'mine' }];
      return conversation.inboxKind === 'member'
        ? members.map(({ userId }) => ({ userId, kind: 'mine' }))
        : members;
    case 'conversation.assigned':
      // A claim is one's own act, and in one's own inbox the text itself is the news.
      return event.data.cause === 'admin' || event.data.rule !== undefined
        ? [{ userId: event.data.owner.id, kind: 'handed_over' }]
        : nobody;
    case 'conversation.transferred':
      return [{ userId: event.data.to.id, kind: 'handed_over' }];
    case 'conversation.returned':
      return members;
    case 'conversation.reopened':
      // By a text: the text tells. By hand for somebody else: that person is told.
      return event.data.cause === 'manual' && event.data.owner
        ? [{ userId: event.data.owner.id, kind: 'handed_over' }]
        : nobody;
    case 'conversation.woken':
      // By a text: the text tells. By hand: whoever did it knows.
      if (event.data.cause !== 'time') return nobody;
      return conversation.owner ? [{ userId: conversation.owner.id, kind: 'mine' }] : members;
    case 'conversation.snoozed':
    case 'conversation.tagged':
    case 'conversation.created':
    case 'conversation.done':
    case 'message.queued':
    case 'message.status':
    case 'note.added':
    case 'consent.changed':
    case 'contact.named':
    case 'conversation.erased':
      break;
  }
  return nobody;
}
