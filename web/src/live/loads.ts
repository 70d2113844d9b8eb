import { Refused } from '@partyline/client';
import { api, PAGE } from '../api/client.js';
import { sentenceOf } from '../api/problem.js';
import type { SectionQuery } from './model.js';
import { sectionKey } from './sections.js';
import {
  newGeneration,
  receiveViews,
  sectionFailed,
  sectionLoading,
  sectionPage,
  setInboxes,
} from './state.js';
import { live } from './store.js';
import { timelineFailed, timelineLoading, timelinePage } from './timelines.js';

function sectionItems(
  { inboxId, status, owner, q, tag }: SectionQuery,
  cursor: string | null,
  signal?: AbortSignal,
) {
  const filter = {
    status,
    owner,
    limit: PAGE,
    ...(q === '' ? {} : { q }),
    ...(tag ? { tag } : {}),
    ...(cursor === null ? {} : { cursor }),
  };
  return api.inboxes.conversations(inboxId, filter, signal);
}

/** One request per list at a time: a newer one stops the older, whose answer would be out of date. */
const underWay = new Map<string, AbortController>();

export async function loadSection(query: SectionQuery): Promise<void> {
  const key = sectionKey(query);
  underWay.get(key)?.abort();
  const abort = new AbortController();
  underWay.set(key, abort);
  live.update((state) => sectionLoading(state, query, false));
  try {
    const page = await sectionItems(query, null, abort.signal);
    if (!abort.signal.aborted) live.update((state) => sectionPage(state, query, page, false));
  } catch (error) {
    if (!abort.signal.aborted) live.update((state) => sectionFailed(state, query, sentenceOf(error)));
  } finally {
    if (underWay.get(key) === abort) underWay.delete(key);
  }
}

export async function loadMore(query: SectionQuery): Promise<void> {
  const section = live.get().sections.get(sectionKey(query));
  if (!section || section.nextCursor === null || section.loadingMore || underWay.has(sectionKey(query)))
    return;
  const cursor = section.nextCursor;
  live.update((state) => sectionLoading(state, query, true));
  try {
    const page = await sectionItems(query, cursor);
    // A reload in between started the list anew: this page belongs to the old one.
    const current = live.get().sections.get(sectionKey(query));
    if (current?.nextCursor === cursor) live.update((state) => sectionPage(state, query, page, true));
  } catch (error) {
    live.update((state) => sectionFailed(state, query, sentenceOf(error)));
  }
}

let inboxesWanted = false;
let inboxesUnderWay: Promise<void> | null = null;

/** The inboxes with counts. Asked again while under way: once more afterwards, so that the last word is the newest. */
export function loadInboxes(): Promise<void> {
  if (inboxesUnderWay) {
    inboxesWanted = true;
    return inboxesUnderWay;
  }
  inboxesUnderWay = api.inboxes
    .list()
    .then((inboxes) => live.update((state) => setInboxes(state, inboxes)))
    .finally(() => {
      inboxesUnderWay = null;
      if (!inboxesWanted) return;
      inboxesWanted = false;
      void loadInboxes().catch(() => undefined);
    });
  return inboxesUnderWay;
}

let tagsUnderWay: Promise<void> | null = null;

/** The tags that there are. Asked again while under way: that answer is new enough. */
export function loadTags(): Promise<void> {
  tagsUnderWay ??= api.tags
    .list()
    .then((tags) => live.update((state) => ({ ...state, tags })))
    .finally(() => {
      tagsUnderWay = null;
    });
  return tagsUnderWay;
}

export type Found = 'found' | 'missing';

/** One conversation as the viewer sees it. `missing`: there is none that they may see. Throws when nobody answered. */
export async function loadConversation(id: string): Promise<Found> {
  try {
    const view = await api.conversations.get(id);
    live.update((state) => receiveViews(state, [view]));
    return 'found';
  } catch (error) {
    if (error instanceof Refused && error.problem.status === 404) return 'missing';
    throw error;
  }
}

export async function loadTimeline(id: string): Promise<void> {
  live.update((state) => timelineLoading(state, id, false));
  try {
    const page = await api.conversations.timeline(id, { limit: PAGE });
    live.update((state) => timelinePage(state, id, page, false));
  } catch (error) {
    live.update((state) => timelineFailed(state, id, sentenceOf(error)));
  }
}

export async function loadOlder(id: string): Promise<void> {
  const timeline = live.get().timelines.get(id);
  if (!timeline || timeline.nextBefore === null || timeline.loadingOlder) return;
  const before = timeline.nextBefore;
  live.update((state) => timelineLoading(state, id, true));
  try {
    const page = await api.conversations.timeline(id, { before, limit: PAGE });
    live.update((state) => timelinePage(state, id, page, true));
  } catch (error) {
    live.update((state) => timelineFailed(state, id, sentenceOf(error)));
  }
}

/** Everything on the screen again, behind what stands there. `keep`: the conversation that is open. */
export function loadAllAgain(): void {
  live.update((state) => newGeneration(forgetUnseen(state)));
  const { sections, timelines } = live.get();
  void loadInboxes().catch(() => undefined);
  void loadTags().catch(() => undefined);
  for (const section of sections.values()) void loadSection(section);
  for (const id of timelines.keys()) {
    void loadConversation(id).catch(() => undefined);
    void loadTimeline(id);
  }
}

/** Lists and threads that no screen shows any more are not worth asking for again. */
const watched = { sections: new Map<string, number>(), timelines: new Map<string, number>() };

export function watchSection(query: SectionQuery): () => void {
  return watch(watched.sections, sectionKey(query));
}
export function watchTimeline(id: string): () => void {
  return watch(watched.timelines, id);
}

function watch(counts: Map<string, number>, key: string): () => void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
  return () => {
    const left = (counts.get(key) ?? 1) - 1;
    if (left === 0) counts.delete(key);
    else counts.set(key, left);
  };
}

function forgetUnseen(state: ReturnType<typeof live.get>): ReturnType<typeof live.get> {
  return {
    ...state,
    sections: new Map([...state.sections].filter(([key]) => watched.sections.has(key))),
    timelines: new Map(
      [...state.timelines].filter(([id, each]) => watched.timelines.has(id) || each.outgoing.length > 0),
    ),
  };
}
