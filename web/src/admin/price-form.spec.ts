import { describe, expect, it } from '@jest/globals';
import type { CarrierPrices } from '@partyline/contracts';
import { formOf, NEW_PLACE, pricesOf } from './price-form.js';

const list: CarrierPrices = {
  currency: 'EUR',
  sms: '0.07',
  places: [{ to: 'GB', sms: '0.04', mms: '0.2' }, { to: '+1' }],
};

describe('the form of a price list', () => {
  it('gives back what it was filled with', () => {
    expect(pricesOf(formOf(list))).toEqual(list);
  });

  it('of nothing is no list', () => {
    expect(pricesOf(formOf(null))).toBeNull();
    expect(pricesOf({ ...formOf(null), currency: ' ', places: [NEW_PLACE] })).toBeNull();
  });

  it('takes prices and countries as people write them', () => {
    const form = { currency: ' eur', sms: '0,07', mms: '', places: [{ to: 'gb ', sms: ' 0.04', mms: '' }] };
    expect(pricesOf(form)).toEqual({ currency: 'EUR', sms: '0.07', places: [{ to: 'GB', sms: '0.04' }] });
  });

  it('leaves it to the service to say what is missing', () => {
    expect(pricesOf({ ...formOf(null), sms: '0.07' })).toEqual({ currency: '', sms: '0.07' });
  });
});
