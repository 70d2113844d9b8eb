import type { Conversation, Notification } from '@partyline/contracts';
import { duration } from './duration.js';
import type { Inbox } from './inbox.js';
import type { News } from './recipients.js';

/** What a lock screen shows of it. */
const BODY_LENGTH = 140;

export type Words = Pick<Notification, 'title' | 'body'>;

/** The customer as the person knows them: by name, else by number. */
export function customer(conversation: Pick<Conversation, 'contactName' | 'peers'>): string {
  return conversation.contactName ?? conversation.peers.join(', ');
}

export function wordsFor(
  kind: Notification['kind'],
  { event, conversation, actor }: News,
  inbox: Inbox,
): Words {
  const who = customer(conversation);
  const by = actor.name ?? (actor.kind === 'user' ? actor.id : 'Partyline');
  if (kind === 'handed_over')
    return { title: `${by} handed you ${who}`, body: lastText(conversation, inbox) };
  if (event.type === 'conversation.returned') {
    return { title: `${who} is back in ${inbox.name}`, body: `${event.data.from.name} no longer has it.` };
  }
  if (event.type === 'message.received') {
    const { text, media } = event.data;
    return { title: `${who} (${inbox.name})`, body: shorten(text || pictures(media.length)) };
  }
  return { title: who, body: lastText(conversation, inbox) };
}

/** For the Admins; `minutes` since the customer waits. */
export function waitingWords(title: string, inboxName: string, minutes: number): Words {
  return {
    title: `Nobody has taken ${title} yet`,
    body: `Unassigned in ${inboxName} for ${duration(minutes)}. Open it to assign it to somebody.`,
  };
}

/** A number as its people call it. */
const called = (number: string, name: string | null): string =>
  name === null ? number : `${name} (${number})`;

/** For whoever may mend it. */
export function quietWords(number: string, name: string | null, lastTextAt: Date, now: Date): Words {
  const minutes = Math.floor((now.getTime() - lastTextAt.getTime()) / 60_000);
  return {
    title: `No texts to ${called(number, name)}`,
    body: `None for ${duration(minutes)}, while these hours brought some in each of the last four weeks. Look at its carrier account under Admin > Carriers.`,
  };
}

export const heardWords = (number: string, name: string | null): Words => ({
  title: `Texts to ${called(number, name)} arrive again`,
  body: 'It had been quiet for longer than usual.',
});

function lastText({ preview }: Conversation, inbox: Inbox): string {
  return preview?.text ? shorten(preview.text) : `In ${inbox.name}.`;
}

const pictures = (count: number): string =>
  count === 0 ? '(an empty text)' : count === 1 ? 'Sent a picture' : `Sent ${count} pictures`;

const CHARACTERS = new Intl.Segmenter();

/** Cuts between characters as a person sees them, never inside of an emoji. */
function shorten(text: string): string {
  if (text.length <= BODY_LENGTH) return text;
  const characters = [...CHARACTERS.segment(text)];
  if (characters.length <= BODY_LENGTH) return text;
  return `${characters
    .slice(0, BODY_LENGTH - 1)
    .map(({ segment }) => segment)
    .join('')}…`;
}
