import type { AuditItem } from '@partyline/contracts';
import { actWords, ACT_KINDS, isAct } from './act-words.js';

/** What people call the kinds of the trail. */
export const KINDS: Readonly<Record<string, string>> = {
  'conversation.created': 'Began',
  'conversation.assigned': 'Assigned',
  'conversation.transferred': 'Transferred',
  'conversation.returned': 'Returned to the inbox',
  'conversation.done': 'Marked as done',
  'conversation.reopened': 'Reopened',
  'conversation.snoozed': 'Snoozed',
  'conversation.woken': 'Snooze ended',
  'conversation.tagged': 'Tagged',
  'message.queued': 'Replied',
  'note.added': 'Noted',
  'contact.named': 'Named the contact',
  'conversation.erased': 'Erased what the contact wrote',
  'consent.changed': 'Opted out or in',
  ...ACT_KINDS,
};

/** Whom or what it concerned beside the one who did it, as far as there is such a person. */
export function concerned(item: AuditItem, tagName: (id: string) => string): string {
  const { actor, type, data } = item;
  if (isAct(item)) return actWords(item);
  if (type === 'conversation.tagged') return tagged(data, tagName);
  const [owner, from, to] = [data['owner'], data['from'], data['to']].map(nameOf);
  if (from !== null && to !== null) return `${from} to ${to}`;
  if (owner !== null) return owner === actor.name ? 'to themselves' : `to ${owner}`;
  return from === null || from === actor.name ? '' : `it was with ${from}`;
}

const tagged = (data: AuditItem['data'], tagName: (id: string) => string): string =>
  (['added', 'removed'] as const)
    .flatMap((which) => {
      const ids: unknown = data[which];
      if (!Array.isArray(ids)) return [];
      return ids.map((id) => `${which === 'added' ? '+' : '−'} ${tagName(String(id))}`);
    })
    .join(', ');

function nameOf(person: unknown): string | null {
  if (typeof person !== 'object' || person === null || !('name' in person)) return null;
  return typeof person.name === 'string' ? person.name : null;
}
