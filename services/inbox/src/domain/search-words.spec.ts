import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { searchWords, snippetOf, wantedWords } from './search-words.js';

describe('words by which a text is found', () => {
  it.each([
    ['Is my ORDER in? Order #4711-b', ['is', 'my', 'order', 'in', '4711', 'b']],
    ['Café José ﬁne ＡＢＣ', ['cafe', 'jose', 'fine', 'abc']],
    ['', []],
    ['🙌 !!', []],
  ])('%s', (text, words) => expect(searchWords(text)).toEqual(words));

  it('languages without spaces are taken apart', () => {
    expect(searchWords('東京に行きます')).toContain('東京');
  });

  it('the last word may still be typed; a blank says that it is finished', () => {
    expect(wantedWords('red sho')).toEqual({ words: ['red'], prefix: 'sho' });
    expect(wantedWords('red shoes ')).toEqual({ words: ['red', 'shoes'], prefix: null });
    expect(wantedWords('?!')).toBeNull();
  });

  it('a snippet shows every found word that it holds, at its place, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), fc.string({ minLength: 1 }), (text, q) => {
        const wanted = wantedWords(`${q} `);
        if (!wanted) return;
        const { text: shown, highlights } = snippetOf(text, wanted);
        expect(shown.length).toBeLessThanOrEqual(text.length <= 160 ? text.length : 203);
        for (const [start, end] of highlights) {
          expect(wanted.words).toContain(searchWords(shown.slice(start, end))[0]);
        }
      }),
    );
  });

  it('a long text is shown around the first word that was found', () => {
    const text = `${'one two three '.repeat(40)}needle ${'four five '.repeat(40)}`;
    const { text: shown, highlights } = snippetOf(text, { words: [], prefix: 'need' });
    const [[start, end] = [0, 0]] = highlights;
    expect(shown.slice(start, end)).toBe('needle');
    expect(shown).toMatch(/^….*…$/u);
  });
});
