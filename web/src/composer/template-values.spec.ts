import { expect, it } from '@jest/globals';
import { inserted, valuesOf } from './template-values.js';

it('the first name is the first word of the name; of who has none, nothing is known', () => {
  expect(valuesOf(' Maria  Santos', 'Ben', 'Support')['contact.firstName']).toBe('Maria');
  expect(valuesOf(null, 'Ben', 'Support')).toMatchObject({ 'contact.name': null, 'contact.firstName': null });
});

it.each([
  ['', 0, 0, 'Hello', 5],
  ['Hi', 2, 2, 'Hi Hello', 8],
  ['Hi ', 3, 3, 'Hi Hello', 8],
  ['Hi you', 3, 6, 'Hi Hello', 8],
])(
  'a template goes into %j where the caret is, apart from the word before',
  (draft, from, to, text, caret) => {
    expect(inserted(draft, 'Hello', from, to)).toEqual({ text, caret });
  },
);
