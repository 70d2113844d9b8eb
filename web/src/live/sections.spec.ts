import { describe, expect, it } from '@jest/globals';
import { at, conversation } from '../testing/samples.js';
import type { Section } from './model.js';
import { belongs, compareIn, placeIn, sectionKey } from './sections.js';

const section = (change: Partial<Section> = {}): Section => ({
  inboxId: 'support',
  status: 'open',
  owner: 'unassigned',
  q: '',
  ids: [],
  nextCursor: null,
  state: 'ready',
  error: null,
  loadingMore: false,
  ...change,
});
const adas = { id: 'ada', name: 'Ada' };
const bens = { id: 'ben', name: 'Ben' };

describe('which list a conversation is in', () => {
  it.each([
    ['unassigned', 'unassigned', conversation(), true],
    ['unassigned is nobody’s', 'unassigned', conversation({ owner: bens }), false],
    ['me', 'me', conversation({ owner: bens }), true],
    ['me is not another', 'me', conversation({ owner: adas }), false],
    ['others', 'others', conversation({ owner: adas }), true],
    ['others is not mine', 'others', conversation({ owner: bens }), false],
    ['others is not nobody', 'others', conversation(), false],
    ['any', 'any', conversation({ owner: adas }), true],
    ['another status', 'any', conversation({ status: 'done' }), false],
    ['another inbox', 'any', conversation({ inboxId: 'sales' }), false],
  ] as const)('%s', (_, owner, c, expected) => {
    expect(belongs(section({ owner }), c, 'ben')).toBe(expected);
  });

  it('a search takes names and numbers, however they are written', () => {
    expect(belongs(section({ q: 'mari' }), conversation(), 'ben')).toBe(true);
    expect(belongs(section({ q: '555-0199' }), conversation(), 'ben')).toBe(true);
    expect(belongs(section({ q: 'joe' }), conversation(), 'ben')).toBe(false);
  });

  it('a tag narrows every list to what has it, and such a list has a key of its own', () => {
    const tagged = conversation({ tags: ['vip', 'refund'] });
    expect(belongs(section({ tag: 'refund' }), tagged, 'ben')).toBe(true);
    expect(belongs(section({ tag: 'spam' }), tagged, 'ben')).toBe(false);
    expect(belongs(section({ tag: 'refund' }), conversation(), 'ben')).toBe(false);
    expect(sectionKey(section({ tag: 'refund' }))).not.toBe(sectionKey(section()));
  });

  it('one key for one list, whatever the case of the search', () => {
    expect(sectionKey(section({ q: ' Maria ' }))).toBe(sectionKey(section({ q: 'maria' })));
  });
});

describe('its place in the list', () => {
  const known = new Map(
    [
      conversation({ id: 'long', waitingSince: at(1), lastActivityAt: at(1) }),
      conversation({ id: 'short', waitingSince: at(9), lastActivityAt: at(9) }),
    ].map((each) => [each.id, each]),
  );
  const find = (id: string) => known.get(id);

  it('the longest wait stands first among the unassigned', () => {
    const placed = placeIn(
      section({ ids: ['long', 'short'] }),
      conversation({ id: 'mid', waitingSince: at(5) }),
      'ben',
      find,
    );
    expect(placed.ids).toEqual(['long', 'mid', 'short']);
  });

  it('the latest activity stands first elsewhere', () => {
    const placed = placeIn(
      section({ owner: 'any', status: 'open', ids: ['short', 'long'] }),
      conversation({ id: 'new', lastActivityAt: at(30) }),
      'ben',
      find,
    );
    expect(placed.ids).toEqual(['new', 'short', 'long']);
  });

  it('leaves when it no longer belongs, and nothing else changes', () => {
    const before = section({ ids: ['long', 'short'] });
    expect(placeIn(before, conversation({ id: 'long', owner: adas }), 'ben', find).ids).toEqual(['short']);
    expect(placeIn(before, conversation({ id: 'else', owner: adas }), 'ben', find)).toBe(before);
  });

  it('what sorts behind the last loaded row is left to the next page', () => {
    const more = section({ ids: ['long'], nextCursor: 'next' });
    expect(placeIn(more, conversation({ id: 'late', waitingSince: at(20) }), 'ben', find).ids).toEqual([
      'long',
    ]);
  });

  it('a list that is still loading waits for its page', () => {
    const loading = section({ state: 'loading' });
    expect(placeIn(loading, conversation(), 'ben', find)).toBe(loading);
  });
});

describe('what is snoozed', () => {
  const query = (status: 'open' | 'snoozed') =>
    ({ inboxId: 'support', status, owner: 'any', q: '' }) as const;
  const snoozed = (id: string, until: string | null) =>
    conversation({ id, snoozed: { until, by: null, at: '2026-11-23T12:00:00.000Z' } });
  it('is in no open list, and in its own one by when it wakes, what waits for a text last', () => {
    const list = [
      snoozed('c', null),
      snoozed('b', '2026-11-25T09:00:00.000Z'),
      snoozed('a', '2026-11-24T09:00:00.000Z'),
    ];
    expect(list.filter((c) => belongs(query('open'), c, 'ben'))).toEqual([]);
    expect(list.every((c) => belongs(query('snoozed'), c, 'ben'))).toBe(true);
    const sorted = list.toSorted((a, b) => compareIn(query('snoozed'), a, b));
    expect(sorted.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });
});
