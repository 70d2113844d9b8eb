import { describe, expect, it } from '@jest/globals';
import { LibPhoneNumbers } from './lib-phone-numbers.js';

describe('numbers as people type them', () => {
  const numbers = new LibPhoneNumbers();
  it.each([
    ['(310) 555-0123', '+12125550101', '+13105550123'],
    ['310.555.0123', '+12125550101', '+13105550123'],
    ['1 310 555 0123', '+12125550101', '+13105550123'],
    ['+44 20 7946 0958', '+12125550101', '+442079460958'],
    ['020 7946 0958', '+442071234567', '+442079460958'],
    ['0044 20 7946 0958', '+12125550101', '+442079460958'],
    ['72345', '+12125550101', '72345'],
    ['0151 23456789', '+4930123456', '+4915123456789'],
    ['(310) 555-0123', undefined, null],
    ['555', undefined, '555'],
    ['not a number', '+12125550101', null],
    ['', '+12125550101', null],
    ['+1 310', '+12125550101', null],
  ])('%s near %s is %s', (typed, near, expected) => {
    expect(numbers.normalize(typed, near)).toBe(expected);
  });
});
