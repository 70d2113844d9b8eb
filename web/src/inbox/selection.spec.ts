import { beforeEach, describe, expect, it } from '@jest/globals';
import type { BulkAnswer } from '@partyline/contracts';
import { toasts } from '../state/toasts.js';
import { view } from '../testing/samples.js';
import { manyWords } from './selection-words.js';
import { selection, toggleSelected } from './selection.js';

describe('what is marked in a list', () => {
  beforeEach(() => {
    selection.set(new Set());
    toasts.set([]);
  });

  it('goes on and off', () => {
    for (const id of ['a', 'b', 'a']) toggleSelected(id);
    expect([...(selection.get() ?? [])]).toEqual(['b']);
  });
  it('is never more than the server takes at once, and says so', () => {
    for (let i = 0; i <= 100; i += 1) toggleSelected(`cv_${i}`);
    expect(selection.get()?.size).toBe(100);
    expect(toasts.get()).toMatchObject([{ text: 'At most 100 conversations are changed at once.' }]);
  });
});

describe('what became of many', () => {
  const changed = (id: string): BulkAnswer['results'][number] => ({
    conversationId: id,
    ok: true,
    accepted: { conversation: view({ id }), seq: 2 },
  });
  const refused = (id: string, detail: string): BulkAnswer['results'][number] => ({
    conversationId: id,
    ok: false,
    problem: {
      type: 'urn:partyline:problem:not-owner',
      title: 'Not assigned to you',
      status: 409,
      detail,
      instance: `/api/v1/conversations/${id}/done`,
      code: 'NOT_OWNER',
      correlationId: 'co_1',
    },
  });

  it.each([
    [[changed('a'), changed('b')], '2 marked as done.'],
    [[refused('a', 'Take it first.'), refused('b', 'Take it first.')], '2 not: Take it first.'],
    [
      [changed('a'), refused('b', 'Take it first.'), refused('c', 'Ben has it.')],
      '1 marked as done. 1 not: Take it first. 1 not: Ben has it.',
    ],
  ])('is counted, with each reason once (%#)', (results, words) => {
    expect(manyWords('done', results)).toBe(words);
  });
});
