import { describe, expect, it } from '@jest/globals';
import { TAGS_PER_CONVERSATION } from '@partyline/contracts';
import { bens, done, EVERYONES, unassigned, type Story } from '../../../test/support/story.js';
import type { KnownTag } from '../commands.js';

const IDS = Array.from({ length: TAGS_PER_CONVERSATION + 1 }, (_, i) => `tg_${i}`);
const ALL = new Map<string, KnownTag>(IDS.map((id) => [id, { name: id, retired: false }]));
const tag = (add: readonly string[], remove: readonly string[] = [], known = ALL) =>
  ({ type: 'tag', add, remove, known }) as const;
const retiring = (...ids: string[]) =>
  new Map([...ALL].map(([id, each]) => [id, { ...each, retired: ids.includes(id) }] as const));
const withTags = (count: number): Story => bens().by('ben', tag(IDS.slice(0, count)));

describe('tagging', () => {
  it('puts on and takes off in one entry, and changes nothing else', () => {
    const before = withTags(2).existing;
    const tale = withTags(2).by('cleo', tag(['tg_2'], ['tg_0']));
    expect(tale.outcome).toEqual(['conversation.tagged']);
    expect(tale.existing).toEqual({ ...before, seq: before.seq + 1, tags: ['tg_1', 'tg_2'] });
  });

  it.each([
    ['one that is there', tag(['tg_0'])],
    ['none off that is not there, nor one that does not exist', tag([], ['tg_5', 'tg_never'])],
    ['nothing', tag([])],
    ['one on and off at once that is there: it stays', tag(['tg_0'], ['tg_0'])],
    ['a retired one that is there', tag(['tg_0'], [], retiring('tg_0'))],
  ])('puts %s: nothing is left to do', (_, command) => {
    expect(withTags(1).by('ben', command).outcome).toEqual([]);
  });

  it.each([
    ['one that does not exist', tag(['tg_never']), 'VALIDATION'],
    ['a retired one', tag(['tg_3'], [], retiring('tg_3')), 'VALIDATION'],
    ['a good one beside a retired one', tag(['tg_2', 'tg_3'], [], retiring('tg_3')), 'VALIDATION'],
  ])('refuses %s, and then changes nothing', (_, command, outcome) => {
    const tale = withTags(1).by('ben', command);
    expect(tale.outcome).toBe(outcome);
    expect(tale.existing.tags).toEqual(['tg_0']);
  });

  it('a retired one that is there can be taken off', () => {
    expect(withTags(1).by('ben', tag([], ['tg_0'], retiring('tg_0'))).existing.tags).toEqual([]);
  });

  it('has a limit, at which one can be changed for another', () => {
    const full = () => withTags(TAGS_PER_CONVERSATION);
    expect(full().existing.tags).toHaveLength(TAGS_PER_CONVERSATION);
    const one = IDS.at(-1) ?? '';
    expect(full().by('ben', tag([one])).outcome).toBe('VALIDATION');
    expect(full().by('ben', tag([one], ['tg_0'])).existing.tags).toEqual(IDS.slice(1));
  });

  it.each([
    ['a Member, of another’s', bens(), 'cleo', ['conversation.tagged']],
    ['a Member, of an unassigned one', unassigned(), 'ben', ['conversation.tagged']],
    ['a Member, of a done one', done(), 'cleo', ['conversation.tagged']],
    ['a Member, where nobody owns', unassigned(EVERYONES), 'cleo', ['conversation.tagged']],
    ['an Observer', bens(), 'olga', 'FORBIDDEN'],
    ['a stranger', bens(), 'eve', 'NOT_FOUND'],
  ])('by %s', (_, tale, who, outcome) => {
    expect(tale.by(who, tag(['tg_0'])).outcome).toEqual(outcome);
  });
});
