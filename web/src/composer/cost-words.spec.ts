import { describe, expect, it } from '@jest/globals';
import { moneyOf } from '../format/money.js';
import { costWords, sentText } from './cost-words.js';

const price = { currency: 'USD', sms: '0.0079', mms: '0.02' };

describe('what a draft costs', () => {
  it.each([
    [1, 0, '0.0079'],
    [2, 0, '0.0158'],
    [3, 1, '0.02'],
    [0, 2, '0.02'],
  ])('%i segments with %i files', (segments, files, amount) => {
    expect(costWords(price, { segments, files })).toBe(`about ${moneyOf(amount, 'USD')}`);
  });

  it('where files go out as links, is what the text with the links costs', () => {
    const asLinks = { ...price, mms: null, linkLength: 150 };
    expect(sentText('Look', 2, asLinks)).toHaveLength(4 + 2 * 151);
    expect(sentText('', 1, asLinks)).toHaveLength(150);
    expect(sentText('Look', 2, price)).toBe('Look');
    expect(sentText('Look', 0, asLinks)).toBe('Look');
    expect(costWords(asLinks, { segments: 3, files: 2 })).toBe(`about ${moneyOf('0.0237', 'USD')}`);
  });

  it.each([
    [{ currency: null, sms: null, mms: null }, 0],
    [{ ...price, sms: null }, 0],
    [{ ...price, mms: null }, 1],
    [{ ...price, sms: null, linkLength: 150 }, 1],
  ])('is not told where it is not known: %j', (unknown, files) => {
    expect(costWords(unknown, { segments: 1, files })).toBeNull();
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
