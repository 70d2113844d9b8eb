import { describe, expect, it } from '@jest/globals';
import { moneyOf } from '../format/money.js';
import { costWords } from './cost-words.js';

const price = { currency: 'USD', sms: '0.0079', mms: '0.02' };

describe('what a draft costs', () => {
  it.each([
    [1, false, '0.0079'],
    [2, false, '0.0158'],
    [3, true, '0.02'],
    [0, true, '0.02'],
  ])('%i segments, with files: %s', (segments, withFiles, amount) => {
    expect(costWords(price, { segments, withFiles })).toBe(`about ${moneyOf(amount, 'USD')}`);
  });

  it.each([
    [{ currency: null, sms: null, mms: null }, false],
    [{ ...price, sms: null }, false],
    [{ ...price, mms: null }, true],
  ])('is not told where it is not known: %j', (unknown, withFiles) => {
    expect(costWords(unknown, { segments: 1, withFiles })).toBeNull();
  });
});

describe('money', () => {
  it.each([
    ['0.0158', 'USD', '0.0158'],
    ['0.000001', 'USD', '0.000001'],
    ['2', 'USD', '2.00'],
    ['90071992547409.93', 'USD', '90071992547409.93'],
    ['3', 'JPY', '3'],
  ])('%s %s has all its digits', (amount, currency, digits) => {
    expect(moneyOf(amount, currency).replaceAll(/[^\d.]/g, '')).toBe(digits);
  });
});
