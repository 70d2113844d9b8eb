import { describe, expect, it } from '@jest/globals';
import { dialable } from './address.js';

describe('an address that a person typed', () => {
  it.each([
    ['+13105550001', '+13105550001'],
    [' +1 (310) 555-0001 ', '+13105550001'],
    ['+49 30\u00a0901820', '+4930901820'],
    ['0044 20 7946 0958', '+442079460958'],
    ['72975', '72975'],
  ])('%j is dialled as %s', (typed, address) => {
    expect(dialable(typed)).toBe(address);
  });

  it.each(['', 'Ann', '3105550001', '+0123456789', '+1', '+1310555000111111', '12'])(
    '%j is refused',
    (typed) => {
      expect(dialable(typed)).toBeNull();
    },
  );
});
