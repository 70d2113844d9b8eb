import { describe, expect, it } from '@jest/globals';
import { ben, conversation, view } from '../testing/samples.js';
import { EMPTY_STATE, type LiveState } from '../live/model.js';
import { sectionPage, setViewer } from '../live/state.js';
import { indicatorOf, totalCounts } from './indicator.js';
import { nextAfter, sectionsOf, visibleIds, type ListView } from './layout.js';

const words = { initials: (name: string) => name.slice(0, 2).toUpperCase(), clock: () => '14:02' };
const adas = { id: 'ada', name: 'Ana' };

describe('flag and badge', () => {
  it.each([
    ['unassigned, read', {}, 0, 'Unassigned', null, null],
    ['unassigned, new', {}, 2, 'Unassigned, 2 new', 'blue', null],
    ['mine, read', { owner: { id: 'ben', name: 'Ben' } }, 0, 'Assigned to you', null, 'Me'],
    ['mine, new', { owner: { id: 'ben', name: 'Ben' } }, 1, 'Assigned to you, 1 new', 'green', 'Me'],
    ['another’s never has a badge', { owner: adas }, 3, 'Assigned to Ana', null, 'AN'],
    ['done', { status: 'done', changedBy: adas }, 2, 'Done by Ana, 14:02', null, null],
    ['everyone’s', { inboxKind: 'everyone' }, 1, 'Open, 1 new', 'blue', null],
  ] as const)('%s', (_, change, unread, name, badge, owner) => {
    expect(indicatorOf(conversation(change), unread, 'ben', words)).toMatchObject({ name, badge, owner });
  });

  it('the tab sums what is new in all inboxes', () => {
    const counts = { unassigned: 9, unassignedUnread: 2, mine: 5, mineUnread: 1, others: 7 };
    expect(totalCounts({ a: counts, b: counts })).toEqual({ blue: 4, green: 2 });
  });
});

describe('the lists of an inbox', () => {
  const list: ListView = {
    inboxId: 'support',
    kind: 'shared',
    status: 'open',
    q: '',
    tag: '',
    othersOpen: false,
  };

  it('Unassigned, mine, and the others folded; a search looks into all', () => {
    expect(sectionsOf(list).map((section) => [section.title, section.folded])).toEqual([
      ['Unassigned', false],
      ['Assigned to Me', false],
      ['Others', true],
    ]);
    expect(sectionsOf({ ...list, q: 'joe' }).some((section) => section.folded)).toBe(false);
    expect(sectionsOf({ ...list, tag: 'vip' }).some((section) => section.folded)).toBe(false);
    expect(sectionsOf({ ...list, tag: 'vip' }).every(({ query }) => query.tag === 'vip')).toBe(true);
    expect(sectionsOf({ ...list, status: 'done' }).map((section) => section.title)).toEqual(['Done']);
    expect(sectionsOf({ ...list, kind: 'member' }).map((section) => section.title)).toEqual(['Open']);
  });

  const state = (unassigned: string[], mine: string[]): LiveState => {
    let built = setViewer(EMPTY_STATE, ben);
    const pages = { unassigned, me: mine };
    for (const [owner, ids] of Object.entries(pages)) {
      const query = {
        inboxId: 'support',
        status: 'open',
        owner: owner as 'me' | 'unassigned',
        q: '',
      } as const;
      const items = ids.map((id, index) =>
        view({
          id,
          owner: owner === 'me' ? { id: 'ben', name: 'Ben' } : null,
          waitingSince: `2026-11-23T12:0${index}:00.000Z`,
          lastActivityAt: `2026-11-23T12:0${9 - index}:00.000Z`,
        }),
      );
      built = sectionPage(built, query, { items, nextCursor: null }, false);
    }
    return built;
  };

  it('rows from top to bottom', () => {
    expect(visibleIds(state(['u1', 'u2'], ['m1']), list)).toEqual(['u1', 'u2', 'm1']);
  });

  it.each([
    ['the next in the same list', ['u1'], ['m1', 'm2', 'm3'], 'm2', 'm3'],
    ['the one before at the end', ['u1'], ['m1', 'm2'], 'm2', 'm1'],
    ['the longest wait when it was the last of mine', ['u1', 'u2'], ['m1'], 'm1', 'u1'],
    ['nothing when there is nothing', [], ['m1'], 'm1', null],
    ['mine when it is in no list', ['u1'], ['m1'], 'x', 'm1'],
  ] as const)('after one leaves: %s', (_, unassigned, mine, id, expected) => {
    expect(nextAfter(state([...unassigned], [...mine]), list, id)).toBe(expected);
  });
});
