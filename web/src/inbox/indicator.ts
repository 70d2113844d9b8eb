import type { Conversation } from '@partyline/contracts';
import type { LiveState } from '../live/model.js';

/** What flag and badge say about a conversation. Flag = owner, badge = activity that the viewer has not seen. */
export interface Indicator {
  readonly kind: 'unassigned' | 'mine' | 'other' | 'done' | 'open';
  /** What the flag says in letters: `Me`, a colleague's initials, or nothing. */
  readonly owner: string | null;
  readonly badge: 'blue' | 'green' | null;
  readonly count: number;
  /** The whole of it in words. */
  readonly name: string;
}

export function indicatorOf(
  c: Pick<Conversation, 'status' | 'owner' | 'inboxKind' | 'changedBy' | 'changedAt' | 'lastOwner'>,
  unread: number,
  viewerId: string,
  words: { initials(name: string): string; clock(at: string): string },
): Indicator {
  const news = unread > 0 ? `, ${unread} new` : '';
  if (c.status === 'done') {
    const by = c.changedBy
      ? `Done by ${c.changedBy.name}, ${words.clock(c.changedAt)}`
      : `Done, ${words.clock(c.changedAt)}`;
    return { kind: 'done', owner: null, badge: null, count: 0, name: by };
  }
  if (c.owner?.id === viewerId) {
    return {
      kind: 'mine',
      owner: 'Me',
      badge: unread > 0 ? 'green' : null,
      count: unread,
      name: `Assigned to you${news}`,
    };
  }
  if (c.owner) {
    return {
      kind: 'other',
      owner: words.initials(c.owner.name),
      badge: null,
      count: 0,
      name: `Assigned to ${c.owner.name}`,
    };
  }
  const badge = unread > 0 ? 'blue' : null;
  // An inbox of everyone has no owners: "Unassigned" would ask for something that nobody can do there.
  if (c.inboxKind === 'everyone') {
    return { kind: 'open', owner: null, badge, count: unread, name: `Open${news}` };
  }
  return { kind: 'unassigned', owner: null, badge, count: unread, name: `Unassigned${news}` };
}

/** The badges of the Inboxes tab: the sums over the inboxes, each stopped at 100 by the server. */
export function totalCounts(counts: LiveState['counts']): { blue: number; green: number } {
  let blue = 0;
  let green = 0;
  for (const each of Object.values(counts)) {
    blue += each.unassignedUnread;
    green += each.mineUnread;
  }
  return { blue, green };
}
