import type { TimelineItem } from '@partyline/contracts';

/** Neither changes what there is to answer, nor who answers it. */
const QUIET: ReadonlySet<string> = new Set(['conversation.created', 'conversation.tagged']);

/**
 * What came into a conversation after entry `since` that may change an answer: texts of the customer, notes and
 * replies of colleagues, and what others did to it. One's own acts and delivery statuses are none of it.
 */
export function newsSince(
  items: readonly TimelineItem[],
  since: number,
  viewerId: string,
): readonly TimelineItem[] {
  return items.filter(
    (item) =>
      item.seq > since &&
      item.type !== 'message.status' &&
      !(item.actor.kind === 'user' && item.actor.id === viewerId),
  );
}

/** The news in one sentence, the customer's first; null where there are none. */
export function newsSentence(news: readonly TimelineItem[], contact: string): string | null {
  const texts = news.filter((item) => item.type === 'message.received').length;
  const notes = who(news.filter((item) => item.type === 'note.added'));
  const replies = who(news.filter((item) => item.type === 'message.queued'));
  const acts = who(news.filter(({ type }) => type.startsWith('conversation.') && !QUIET.has(type)));
  const parts = [
    texts === 0 ? null : `${contact} wrote ${texts === 1 ? 'again' : `${texts} more times`}`,
    replies && `${replies} replied`,
    notes && `${notes} added a note`,
    acts && `${acts} changed this conversation`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : `Since you began to write, ${parts.join(' and ')}.`;
}

function who(items: readonly TimelineItem[]): string | null {
  if (items.length === 0) return null;
  return [
    ...new Set(
      items.map(({ actor }) => (actor.kind === 'user' ? (actor.name ?? 'a colleague') : 'Partyline')),
    ),
  ].join(', ');
}
