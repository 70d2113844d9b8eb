import type { TimelineItem } from '@partyline/contracts';
import type { LiveState, Outgoing, Timeline } from './model.js';

const EMPTY: Timeline = {
  items: [],
  nextBefore: null,
  state: 'loading',
  error: null,
  loadingOlder: false,
  gap: false,
  outgoing: [],
};

export function timelineLoading(state: LiveState, id: string, older: boolean): LiveState {
  const known = state.timelines.get(id) ?? EMPTY;
  return put(state, id, {
    ...known,
    state: known.state === 'ready' ? 'ready' : 'loading',
    loadingOlder: older,
    error: null,
  });
}

export function timelineFailed(state: LiveState, id: string, error: string): LiveState {
  const known = state.timelines.get(id) ?? EMPTY;
  return put(state, id, {
    ...known,
    state: known.items.length > 0 ? 'ready' : 'error',
    error,
    loadingOlder: false,
  });
}

/** A page of the log. The newest one replaces what does not join it; an older one goes before what is there. */
export function timelinePage(
  state: LiveState,
  id: string,
  page: { items: readonly TimelineItem[]; nextBefore: number | null },
  older: boolean,
): LiveState {
  const known = state.timelines.get(id) ?? EMPTY;
  const firstNew = page.items[0]?.seq ?? 0;
  const lastKnown = known.items.at(-1)?.seq ?? 0;
  const joins = older || known.items.length === 0 || lastKnown >= firstNew - 1;
  const items = joins ? merge(known.items, page.items) : merge(page.items, []);
  // Only the page that reaches further back knows what comes before it.
  const reachesBack = older || !joins || known.items.length === 0 || firstNew <= (known.items[0]?.seq ?? 0);
  return put(state, id, {
    ...known,
    items,
    nextBefore: reachesBack ? page.nextBefore : known.nextBefore,
    state: 'ready',
    error: null,
    loadingOlder: false,
    gap: false,
    outgoing: settle(known.outgoing, items),
  });
}

/** A live entry. One that leaves a hole marks the timeline: the newest page is then fetched again. */
export function timelineEntry(state: LiveState, id: string, item: TimelineItem): LiveState {
  const known = state.timelines.get(id);
  if (!known || known.state !== 'ready') return state;
  if (known.items.some((each) => each.id === item.id)) return state;
  const last = known.items.at(-1)?.seq ?? 0;
  const items = merge(withoutErased(known.items, item), [item]);
  return put(state, id, {
    ...known,
    items,
    gap: known.gap || item.seq > last + 1,
    outgoing: settle(known.outgoing, items),
  });
}

export function addOutgoing(state: LiveState, id: string, outgoing: Outgoing): LiveState {
  const known = state.timelines.get(id) ?? EMPTY;
  const others = known.outgoing.filter((each) => each.clientMessageId !== outgoing.clientMessageId);
  return put(state, id, { ...known, outgoing: settle([...others, outgoing], known.items) });
}

export function dropOutgoing(state: LiveState, id: string, clientMessageId: string): LiveState {
  const known = state.timelines.get(id);
  if (!known) return state;
  return put(state, id, {
    ...known,
    outgoing: known.outgoing.filter((each) => each.clientMessageId !== clientMessageId),
  });
}

function put(state: LiveState, id: string, timeline: Timeline): LiveState {
  return { ...state, timelines: new Map(state.timelines).set(id, timeline) };
}

/** What stands in the log is no longer under way. */
function settle(outgoing: readonly Outgoing[], items: readonly TimelineItem[]): readonly Outgoing[] {
  if (outgoing.length === 0) return outgoing;
  const stored = new Set(
    items.flatMap((item) => (item.type === 'message.queued' ? [item.data.clientMessageId] : [])),
  );
  return outgoing.filter((each) => !stored.has(each.clientMessageId));
}

function merge(a: readonly TimelineItem[], b: readonly TimelineItem[]): readonly TimelineItem[] {
  const byId = new Map([...a, ...b].map((item) => [item.id, item]));
  return [...byId.values()].sort((x, y) => x.seq - y.seq || x.index - y.index);
}

/** What was erased is off the screen with the news of it: the log may need a moment more to forget it. */
function withoutErased(items: readonly TimelineItem[], erasure: TimelineItem): readonly TimelineItem[] {
  if (erasure.type !== 'conversation.erased') return items;
  const { peers } = erasure.data;
  const alone = items.every((item) => item.type !== 'message.received' || peers.includes(item.data.from));
  return items.map((item) => {
    if (item.type === 'message.received' && peers.includes(item.data.from)) {
      return { ...item, data: { ...item.data, text: '', media: [] } };
    }
    if (item.type === 'message.queued' && alone) {
      return { ...item, data: { ...item.data, text: '', media: [] } };
    }
    return item.type === 'note.added' && alone ? { ...item, data: { ...item.data, text: '' } } : item;
  });
}
