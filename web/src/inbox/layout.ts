import type { InboxKind } from '@partyline/contracts';
import type { ListStatus, LiveState, SectionQuery } from '../live/model.js';
import { sectionKey } from '../live/sections.js';

export interface ListView {
  readonly inboxId: string;
  readonly kind: InboxKind;
  readonly status: ListStatus;
  readonly q: string;
  /** Only what has this tag; empty: all. */
  readonly tag: string;
  /** Whether Others is unfolded. */
  readonly othersOpen: boolean;
}

/** What of a list stands in its address. */
export interface InboxSearch {
  readonly status?: 'done' | 'snoozed';
  readonly q?: string;
  readonly tag?: string;
}

/** The search part of the address of a list. */
export const listSearch = (status: ListStatus, q = '', tag = ''): InboxSearch => ({
  ...(status === 'open' ? {} : { status }),
  ...(q === '' ? {} : { q }),
  ...(tag === '' ? {} : { tag }),
});

export type SectionId = 'unassigned' | 'me' | 'others' | 'any';
export interface ListSection {
  readonly id: SectionId;
  readonly title: string;
  readonly query: SectionQuery;
  readonly folded: boolean;
}

/** Which lists stand on the screen, from top to bottom. Only shared inboxes have owners to sort by. */
export function sectionsOf(view: ListView): readonly ListSection[] {
  const query = (owner: SectionId): SectionQuery => ({
    inboxId: view.inboxId,
    status: view.status,
    owner,
    q: view.q,
    tag: view.tag,
  });
  const section = (id: SectionId, title: string, folded = false): ListSection => ({
    id,
    title,
    query: query(id),
    folded,
  });
  if (view.status === 'done') return [section('any', 'Done')];
  if (view.status === 'snoozed') return [section('any', 'Snoozed')];
  if (view.kind !== 'shared') return [section('any', 'Open')];
  return [
    section('unassigned', 'Unassigned'),
    section('me', 'Assigned to Me'),
    // A search looks everywhere: a hit in a folded list would stay unseen.
    section('others', 'Others', !view.othersOpen && !isNarrowed(view)),
  ];
}

/** Whether the lists show only some of what is in them. */
export const isNarrowed = ({ q, tag }: Pick<ListView, 'q' | 'tag'>): boolean => q !== '' || tag !== '';

/** All rows that are on the screen, from top to bottom. */
export function visibleIds(state: LiveState, view: ListView): readonly string[] {
  return sectionsOf(view).flatMap((section) =>
    section.folded ? [] : (state.sections.get(sectionKey(section.query))?.ids ?? []),
  );
}

/**
 * What to open when a conversation leaves the viewer's hands: the next one in the same list, else one of one's own,
 * else the one that waits longest. Asked before the change is shown.
 */
export function nextAfter(state: LiveState, view: ListView, id: string): string | null {
  const lists = sectionsOf(view).map((section) => ({
    id: section.id,
    ids: section.folded ? [] : (state.sections.get(sectionKey(section.query))?.ids ?? []),
  }));
  const own = lists.find((list) => list.ids.includes(id));
  const at = own?.ids.indexOf(id) ?? -1;
  const others = (which: SectionId) =>
    lists.find((list) => list.id === which)?.ids.find((each) => each !== id);
  return own?.ids[at + 1] ?? own?.ids[at - 1] ?? others('me') ?? others('unassigned') ?? null;
}
