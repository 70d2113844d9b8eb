import type { CarrierPrices } from '@partyline/contracts';

/** A price list as it is being written. */
export interface PriceForm {
  readonly currency: string;
  readonly sms: string;
  readonly mms: string;
  readonly places: readonly PlaceForm[];
}
export interface PlaceForm {
  readonly to: string;
  readonly sms: string;
  readonly mms: string;
}

export const NEW_PLACE: PlaceForm = { to: '', sms: '', mms: '' };

export function formOf(prices: CarrierPrices | null | undefined): PriceForm {
  const { currency = '', sms = '', mms = '', places = [] } = prices ?? {};
  return {
    currency,
    sms,
    mms,
    places: places.map((place) => ({ to: place.to, sms: place.sms ?? '', mms: place.mms ?? '' })),
  };
}

/** As people write them: a comma for the point, spaces. */
const price = (written: string): string => written.replaceAll(/\s/g, '').replace(',', '.');
const word = (written: string): string => written.replaceAll(/\s/g, '').toUpperCase();
const rates = ({ sms, mms }: Pick<PlaceForm, 'sms' | 'mms'>) => ({
  ...(price(sms) && { sms: price(sms) }),
  ...(price(mms) && { mms: price(mms) }),
});

/** The list as it is kept; null where nothing was filled in. What is wrong in it the service tells. */
export function pricesOf({ currency, places, ...usual }: PriceForm): CarrierPrices | null {
  const filled = places.filter((place) => Object.values(place).some((written) => written.trim() !== ''));
  const list = {
    currency: word(currency),
    ...rates(usual),
    ...(filled.length > 0 && { places: filled.map((place) => ({ to: word(place.to), ...rates(place) })) }),
  };
  return list.currency === '' && Object.keys(list).length === 1 ? null : list;
}
