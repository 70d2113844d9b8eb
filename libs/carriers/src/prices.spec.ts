import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decimalOf } from './money.js';
import { costOf, costOfAll, pricesProblem, type Prices } from './prices.js';
import { segmentsOf } from './segments.js';

const prices: Prices = {
  currency: 'USD',
  sms: '0.0079',
  mms: '0.02',
  places: [
    { to: '+1', sms: '0.001' },
    { to: 'CA', sms: '0.002', mms: '0.03' },
    { to: '+1204', sms: '0.003' },
    { to: 'GB', sms: '0.04' },
    { to: '+4477', sms: '0.05' },
  ],
};
const sms = (segments: number) => ({ segments, withMedia: false });
const mms = { segments: 3, withMedia: true };
const amount = (to: string, billed = sms(1), of: Prices | null = prices) => {
  const cost = costOf(of, to, billed);
  return cost && decimalOf(cost.millionths);
};

describe('what a text costs', () => {
  it.each([
    ['the usual price', '+393331234567', '0.0079'],
    ['the longest beginning', '+12045550123', '0.003'],
    ['a country before its calling code', '+14165550123', '0.002'],
    ['the calling code for its other countries', '+12125550101', '0.001'],
    ['a country', '+442071234567', '0.04'],
    ['a beginning that says more than the country', '+447712345678', '0.05'],
    ['the usual price for a short code', '384387', '0.0079'],
  ])('is %s', (_case, to, price) => expect(amount(to)).toBe(price));

  it('is by the segment, and an MMS at once', () => {
    expect(amount('+393331234567', sms(2))).toBe('0.0158');
    expect(amount('+393331234567', mms)).toBe('0.02');
    expect(amount('+14165550123', mms)).toBe('0.03');
  });

  it('is not known where nobody told a price', () => {
    expect(amount('+442071234567', mms)).toBeNull();
    expect(amount('+393331234567', mms, { currency: 'EUR', sms: '0.1' })).toBeNull();
    expect(amount('+393331234567', sms(1), null)).toBeNull();
  });

  it('to several is the sum, known only where it is for each', () => {
    expect(costOfAll(prices, ['+393331234567', '+14165550123'], sms(2))).toEqual({
      currency: 'USD',
      millionths: 19_800,
    });
    expect(costOfAll(prices, ['+393331234567', '+442071234567'], mms)).toBeNull();
    expect(costOfAll(prices, [], sms(1))).toBeNull();
  });

  it('is exact, whatever the price and the text', () => {
    const price = fc.integer({ min: 0, max: 99_999_999_999 });
    fc.assert(
      fc.property(price, fc.string({ maxLength: 1600 }), (millionths, text) => {
        const { segments } = segmentsOf(text);
        const cost = costOf({ currency: 'USD', sms: decimalOf(millionths) }, '+1', sms(segments));
        expect(cost?.millionths).toBe(Number(BigInt(millionths) * BigInt(segments)));
      }),
    );
  });
});

describe('a price list', () => {
  it.each<[string, Prices, string | null]>([
    ['in order', prices, null],
    ['without a price', { currency: 'EUR' }, null],
    ['of no currency', { currency: 'XQQ' }, '"XQQ" is no currency'],
    ['for no country', { currency: 'EUR', places: [{ to: 'XX' }] }, '"XX" is no country'],
    ['for one place twice', { currency: 'EUR', places: [{ to: 'GB' }, { to: 'GB' }] }, 'two prices for "GB"'],
    ['of words', { currency: 'EUR', sms: 'cheap' }, '"cheap" is no price'],
    ['of words for a place', { currency: 'EUR', places: [{ to: 'GB', mms: '1e9' }] }, '"1e9" is no price'],
  ])('%s', (_case, list, problem) => {
    if (problem === null) expect(pricesProblem(list)).toBeNull();
    else expect(pricesProblem(list)).toContain(problem);
  });
});
