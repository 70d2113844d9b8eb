import { beforeEach, describe, expect, it } from '@jest/globals';
import { at, ben, conversation, inbox, view } from '../testing/samples.js';
import { EMPTY_STATE, type LiveState, type SectionQuery } from './model.js';
import { sectionKey } from './sections.js';
import {
  addPending,
  dropPending,
  moveCursor,
  newGeneration,
  receiveConversation,
  receiveViews,
  sectionFailed,
  sectionLoading,
  sectionPage,
  setInboxes,
  setViewer,
} from './state.js';

const unassigned: SectionQuery = { inboxId: 'support', status: 'open', owner: 'unassigned', q: '' };
const mine: SectionQuery = { ...unassigned, owner: 'me' };
const others: SectionQuery = { ...unassigned, owner: 'others' };
const ids = (state: LiveState, query: SectionQuery) => state.sections.get(sectionKey(query))?.ids;
const page = (...items: ReturnType<typeof view>[]) => ({ items, nextCursor: null });
const asBen = { id: ben.id, name: ben.name };
const asAda = { id: 'ada', name: 'Ada' };

let loaded: LiveState;
beforeEach(() => {
  loaded = setInboxes(setViewer(EMPTY_STATE, ben), [inbox]);
  for (const query of [unassigned, mine, others]) loaded = sectionLoading(loaded, query, false);
  loaded = sectionPage(loaded, unassigned, page(view()), false);
  loaded = sectionPage(loaded, mine, page(), false);
  loaded = sectionPage(loaded, others, page(), false);
});

describe('live events', () => {
  it('a newer seq replaces and moves the row; an older one is ignored', () => {
    const taken = receiveConversation(loaded, conversation({ seq: 4, owner: asAda, waitingSince: null }));
    expect(ids(taken, unassigned)).toEqual([]);
    expect(ids(taken, others)).toEqual(['c1']);
    expect(receiveConversation(taken, conversation({ seq: 3 }))).toBe(taken);
  });

  it('what was never heard of shows one new entry until the server says how far it was read', () => {
    const guessed = receiveConversation(
      loaded,
      conversation({ id: 'c2', seq: 9, attention: [2, 9], waitingSince: at(1) }),
    );
    expect(guessed.shown.get('c2')?.unread).toBe(1);
    expect(ids(guessed, unassigned)).toEqual(['c1', 'c2']);
    const told = receiveViews(guessed, [view({ id: 'c2', seq: 9, attention: [2, 9], cursor: 1 })]);
    expect(told.shown.get('c2')?.unread).toBe(2);
  });

  it('a late page never undoes an event that came while it was under way', () => {
    const event = receiveConversation(loaded, conversation({ seq: 5, owner: asBen, waitingSince: null }));
    const late = sectionPage(event, unassigned, page(view({ seq: 3 })), false);
    expect(ids(late, unassigned)).toEqual([]);
    expect(ids(late, mine)).toEqual(['c1']);
  });

  it('an event before the first page of its list is placed when the page comes', () => {
    let state = setViewer(EMPTY_STATE, ben);
    state = sectionLoading(state, unassigned, false);
    state = receiveConversation(state, conversation({ id: 'c2', seq: 1 }));
    state = sectionPage(state, unassigned, page(view()), false);
    expect(ids(state, unassigned)).toEqual(['c1', 'c2']);
  });

  it('after a stream that could not be replayed, what is not in the new page is gone', () => {
    const fresh = sectionPage(newGeneration(loaded), unassigned, page(view({ id: 'c2' })), false);
    expect(ids(fresh, unassigned)).toEqual(['c2']);
  });

  it('reading moves forward only, and the badge with it', () => {
    const read = moveCursor(loaded, 'c1', 3);
    expect(read.shown.get('c1')?.unread).toBe(0);
    expect(moveCursor(read, 'c1', 1)).toBe(read);
    expect(receiveViews(read, [view({ cursor: 0 })]).shown.get('c1')?.unread).toBe(0);
  });

  it('what is another’s or done carries no badge', () => {
    expect(receiveConversation(loaded, conversation({ seq: 4, owner: asAda })).shown.get('c1')?.unread).toBe(
      0,
    );
    expect(
      receiveConversation(loaded, conversation({ seq: 4, status: 'done' })).shown.get('c1')?.unread,
    ).toBe(0);
  });
});

describe('commands under way', () => {
  const claim = { id: 'p1', conversationId: 'c1', kind: 'claim', at: at(2), to: null } as const;

  it('show at once and go back when they are refused', () => {
    const shown = addPending(loaded, claim);
    expect(shown.shown.get('c1')).toMatchObject({ owner: asBen, pending: true });
    expect(ids(shown, mine)).toEqual(['c1']);
    const back = dropPending(shown, 'p1');
    expect(back.shown.get('c1')).toMatchObject({ owner: null, pending: false });
    expect(ids(back, unassigned)).toEqual(['c1']);
  });

  it('rest on the newest event: a colleague who was first is shown as the owner', () => {
    const lost = receiveConversation(
      addPending(loaded, claim),
      conversation({ seq: 4, owner: asAda, waitingSince: null }),
    );
    expect(lost.shown.get('c1')?.owner).toEqual(asAda);
    expect(ids(lost, others)).toEqual(['c1']);
  });

  it('what may be done follows what is shown', () => {
    const shown = addPending(loaded, claim);
    expect(shown.shown.get('c1')?.allowed).toMatchObject({ transfer: true, reply: true });
    const lost = receiveConversation(loaded, conversation({ seq: 4, owner: asAda }));
    expect(lost.shown.get('c1')?.allowed.assignToMe).toBe('Assigned to Ada. Only an Admin can reassign.');
  });
});

describe('lists that do not load', () => {
  it('keep their rows beside the error, and are an error page without any', () => {
    expect(sectionFailed(loaded, unassigned, 'No.').sections.get(sectionKey(unassigned))).toMatchObject({
      state: 'ready',
      error: 'No.',
      ids: ['c1'],
    });
    expect(sectionFailed(loaded, mine, 'No.').sections.get(sectionKey(mine))?.state).toBe('error');
  });

  it('a reload shows the old rows until the new ones are there', () => {
    expect(ids(sectionLoading(loaded, unassigned, false), unassigned)).toEqual(['c1']);
  });

  it('a further page goes behind, without doubles', () => {
    const more = sectionPage(
      loaded,
      unassigned,
      page(view({ id: 'c1' }), view({ id: 'c9', waitingSince: at(8) })),
      true,
    );
    expect(ids(more, unassigned)).toEqual(['c1', 'c9']);
  });
});
