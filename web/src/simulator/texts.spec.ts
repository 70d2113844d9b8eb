import { describe, expect, it } from '@jest/globals';
import type { SimText } from './phone-api.js';
import { stateWords, withText } from './texts.js';

const text = (id: string, change: Partial<SimText> = {}): SimText => ({
  id,
  phone: '+12125550199',
  number: '+12125550101',
  direction: 'out',
  text: id,
  media: [],
  at: `2026-11-23T12:00:0${id}.000Z`,
  state: 'sending',
  reason: null,
  ...change,
});

describe('texts on the phone', () => {
  it('new ones go to their time, changed ones stay where they are', () => {
    const list = withText([text('1'), text('3')], text('2'));
    expect(list.map((each) => each.id)).toEqual(['1', '2', '3']);
    expect(withText(list, text('2', { state: 'accepted' })).map((each) => each.state)).toEqual([
      'sending',
      'accepted',
      'sending',
    ]);
  });

  it('say what became of them', () => {
    expect(stateWords(text('1', { state: 'undelivered', reason: 'Off' }))).toBe('Did not arrive: Off');
    expect(stateWords(text('1', { state: 'delivered' }))).toBeNull();
  });
});
