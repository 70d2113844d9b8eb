import type { Conversation } from '@partyline/contracts';
import type { ListStatus, Section, SectionQuery } from './model.js';

export const listStatusOf = (c: Pick<Conversation, 'status' | 'snoozed'>): ListStatus =>
  c.status === 'open' && c.snoozed ? 'snoozed' : c.status;

/** Behind every moment: it wakes when the customer writes. */
const SOME_DAY = '9999';

export function sectionKey({ inboxId, status, owner, q, tag = '' }: SectionQuery): string {
  return JSON.stringify([inboxId, status, owner, q.trim().toLowerCase(), tag]);
}

/** Whether a conversation belongs to a list, by the predicate that the server uses for the same list. */
export function belongs(section: SectionQuery, c: Conversation, viewerId: string): boolean {
  if (c.inboxId !== section.inboxId || listStatusOf(c) !== section.status) return false;
  if (section.tag && !c.tags?.includes(section.tag)) return false;
  if (section.q !== '' && !matches(c, section.q)) return false;
  switch (section.owner) {
    case 'any':
      return true;
    case 'unassigned':
      return c.owner === null;
    case 'me':
      return c.owner?.id === viewerId;
    case 'others':
      return c.owner !== null && c.owner.id !== viewerId;
  }
}

function matches(c: Conversation, q: string): boolean {
  const words = q.trim().toLowerCase();
  const digits = words.replace(/\D/g, '');
  return (
    (c.contactName?.toLowerCase().includes(words) ?? false) ||
    (digits !== '' && c.peers.some((peer) => peer.includes(digits)))
  );
}

/** Unassigned: the longest wait first. Snoozed: the next to wake first. All others: the latest activity first. */
export function compareIn(section: SectionQuery, a: Conversation, b: Conversation): number {
  if (section.status === 'snoozed') {
    const [wakes, other] = [a.snoozed?.until ?? SOME_DAY, b.snoozed?.until ?? SOME_DAY];
    if (wakes !== other) return wakes < other ? -1 : 1;
    return a.id < b.id ? -1 : 1;
  }
  const [left, right] =
    section.status === 'open' && section.owner === 'unassigned'
      ? [a.waitingSince ?? a.lastActivityAt, b.waitingSince ?? b.lastActivityAt]
      : [b.lastActivityAt, a.lastActivityAt];
  if (left !== right) return left < right ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

/**
 * The list after one conversation changed: removed, moved, or put in its place. What sorts behind the last loaded row
 * of a list with more pages is left to those pages.
 */
export function placeIn(
  section: Section,
  c: Conversation,
  viewerId: string,
  find: (id: string) => Conversation | undefined,
): Section {
  if (section.state === 'loading' && section.ids.length === 0) return section;
  const at = section.ids.indexOf(c.id);
  if (!belongs(section, c, viewerId)) {
    return at === -1 ? section : { ...section, ids: section.ids.toSpliced(at, 1) };
  }
  const rest = at === -1 ? section.ids : section.ids.toSpliced(at, 1);
  let low = 0;
  let high = rest.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = find(rest[middle] ?? '');
    if (other && compareIn(section, other, c) < 0) low = middle + 1;
    else high = middle;
  }
  if (low === rest.length && section.nextCursor !== null && at === -1) return section;
  if (low === at) return section;
  return { ...section, ids: rest.toSpliced(low, 0, c.id) };
}
