import type { Conversation, ConversationView, Counts, InboxSummary } from '@partyline/contracts';
import { allowedFor } from './allowed.js';
import type { Entity, LiveState, Pending, Section, SectionQuery, Shown, Viewer } from './model.js';
import { overlay } from './overlay.js';
import { placeIn, sectionKey } from './sections.js';
import { unreadOf } from './unread.js';

/** Every change of the state is one of these pure functions; the store applies them and tells the screen. */

export function setViewer(state: LiveState, viewer: Viewer): LiveState {
  return showAll({ ...state, viewer });
}

export function setInboxes(state: LiveState, inboxes: readonly InboxSummary[]): LiveState {
  const counts = Object.fromEntries(inboxes.map((inbox) => [inbox.id, inbox.counts]));
  return showAll({ ...state, inboxes, counts });
}

export function setCounts(state: LiveState, counts: Readonly<Record<string, Counts>>): LiveState {
  return { ...state, counts: { ...state.counts, ...counts } };
}

/** The stream could not be replayed. Everything stays on the screen until newer word replaces it. */
export function newGeneration(state: LiveState): LiveState {
  return { ...state, generation: state.generation + 1 };
}

/** The server's view of conversations for this viewer. Older than what is known: only the cursor may help. */
export function receiveViews(state: LiveState, views: readonly ConversationView[]): LiveState {
  return putEntities(
    state,
    views.map(({ cursor, unread: _unread, allowed, ...conversation }) => {
      const known = state.entities.get(conversation.id);
      if (known && known.conversation.seq > conversation.seq) {
        return { ...known, cursor: Math.max(known.cursor, cursor), generation: state.generation };
      }
      return {
        conversation,
        // A guess of receiveConversation gives way; a cursor that the server told never goes back.
        cursor: known && known.allowedSeq >= 0 ? Math.max(known.cursor, cursor) : cursor,
        allowed,
        allowedSeq: conversation.seq,
        generation: state.generation,
      };
    }),
  );
}

/** A live event or a conflict tells a conversation's state without what depends on the viewer. */
export function receiveConversation(state: LiveState, conversation: Conversation): LiveState {
  const known = state.entities.get(conversation.id);
  if (known && known.conversation.seq >= conversation.seq) return state;
  return putEntities(state, [
    {
      conversation,
      // Unknown until now: everything but the newest entry counts as seen until the server says otherwise.
      cursor: known?.cursor ?? conversation.seq - 1,
      allowed: known?.allowed ?? null,
      allowedSeq: known?.allowedSeq ?? -1,
      generation: state.generation,
    },
  ]);
}

export function moveCursor(state: LiveState, conversationId: string, cursor: number): LiveState {
  const known = state.entities.get(conversationId);
  if (!known || known.cursor >= cursor) return state;
  return putEntities(state, [{ ...known, cursor }]);
}

export function addPending(state: LiveState, pending: Pending): LiveState {
  return show({ ...state, pending: [...state.pending, pending] }, [pending.conversationId]);
}

export function dropPending(state: LiveState, id: string): LiveState {
  const dropped = state.pending.find((pending) => pending.id === id);
  if (!dropped) return state;
  return show({ ...state, pending: state.pending.filter((pending) => pending !== dropped) }, [
    dropped.conversationId,
  ]);
}

/** A list is on its way; rows that are there stay. */
export function sectionLoading(state: LiveState, query: SectionQuery, more: boolean): LiveState {
  const known = state.sections.get(sectionKey(query));
  const section: Section = known
    ? { ...known, loadingMore: more, state: known.state === 'ready' ? 'ready' : 'loading', error: null }
    : { ...query, ids: [], nextCursor: null, state: 'loading', error: null, loadingMore: false };
  return putSection(state, section);
}

export function sectionFailed(state: LiveState, query: SectionQuery, error: string): LiveState {
  const known = state.sections.get(sectionKey(query));
  if (!known) return state;
  // Rows that are on the screen are better than an error page; the error stands beside them.
  return putSection(state, {
    ...known,
    state: known.ids.length > 0 ? 'ready' : 'error',
    error,
    loadingMore: false,
  });
}

export function sectionPage(
  state: LiveState,
  query: SectionQuery,
  page: { items: readonly ConversationView[]; nextCursor: string | null },
  append: boolean,
): LiveState {
  const known = state.sections.get(sectionKey(query));
  const fresh = page.items.map((item) => item.id);
  const kept = append && known ? known.ids.filter((id) => !fresh.includes(id)) : [];
  const next = receiveViews(
    putSection(state, {
      ...query,
      ids: [...kept, ...fresh],
      nextCursor: page.nextCursor,
      state: 'ready',
      error: null,
      loadingMore: false,
    }),
    page.items,
  );
  // What a live event or a pending command changed while the page was under way takes its place again.
  const current = [...next.entities.values()].filter(
    (entity) => entity.generation === next.generation && entity.conversation.inboxId === query.inboxId,
  );
  return placeEverywhere(next, [...kept, ...current.map((entity) => entity.conversation.id)]);
}

function putSection(state: LiveState, section: Section): LiveState {
  return { ...state, sections: new Map(state.sections).set(sectionKey(section), section) };
}

function putEntities(state: LiveState, changed: readonly Entity[]): LiveState {
  const entities = new Map(state.entities);
  for (const entity of changed) entities.set(entity.conversation.id, entity);
  return show(
    { ...state, entities },
    changed.map((entity) => entity.conversation.id),
  );
}

function showAll(state: LiveState): LiveState {
  return show(state, [...state.entities.keys()]);
}

/** Computes anew what the screen shows of some conversations, and their places in the lists. */
function show(state: LiveState, ids: readonly string[]): LiveState {
  const shown = new Map(state.shown);
  for (const id of ids) {
    const entity = state.entities.get(id);
    if (entity) shown.set(id, shownOf(state, entity));
  }
  return placeEverywhere({ ...state, shown }, ids);
}

function shownOf(state: LiveState, entity: Entity): Shown {
  const { viewer, pending } = state;
  const conversation = overlay(entity.conversation, pending, viewer);
  const untouched = conversation === entity.conversation && entity.allowedSeq === conversation.seq;
  const inbox = state.inboxes?.find((each) => each.id === conversation.inboxId) ?? null;
  return {
    ...conversation,
    cursor: entity.cursor,
    // Another's and what is done never carry a badge.
    unread:
      conversation.status === 'open' && (!conversation.owner || conversation.owner.id === viewer?.id)
        ? unreadOf(conversation, entity.cursor)
        : 0,
    allowed:
      untouched && entity.allowed ? entity.allowed : viewer ? allowedFor(conversation, viewer, inbox) : {},
    pending: pending.some((command) => command.conversationId === conversation.id),
  };
}

function placeEverywhere(state: LiveState, ids: readonly string[]): LiveState {
  const { viewer } = state;
  if (!viewer) return state;
  let sections: Map<string, Section> | null = null;
  for (const [key, original] of state.sections) {
    let section = original;
    for (const id of ids) {
      const conversation = state.shown.get(id);
      if (conversation)
        section = placeIn(section, conversation, viewer.id, (other) => state.shown.get(other));
    }
    if (section !== original) sections = (sections ?? new Map(state.sections)).set(key, section);
  }
  return sections ? { ...state, sections } : state;
}
