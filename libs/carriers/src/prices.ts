import { isSupportedCountry, parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/core';
import metadata from 'libphonenumber-js/min/metadata';
import { millionthsOf, type Cost } from './money.js';

/** Decimals, such as `0.0079`. What is absent is not known. */
interface Rates {
  /** Of one segment of an SMS. */
  readonly sms?: string | undefined;
  /** Of one MMS, however long its text is. */
  readonly mms?: string | undefined;
}

/** What a company pays its carrier, as it tells us. */
export interface Prices extends Rates {
  /** ISO 4217. */
  readonly currency: string;
  /** Instead of the prices above, for recipients there. */
  readonly places?: readonly PriceOfPlace[] | undefined;
}
export interface PriceOfPlace extends Rates {
  /** The beginning of their numbers (`+44`, `+1787`), or the country (`GB`). */
  readonly to: string;
}

/** How much of a text there is to pay for. */
export interface Billed {
  readonly segments: number;
  /** Whether anything goes with it, so that it is an MMS. */
  readonly withMedia: boolean;
}

/** What stands in the way of using a price list, in words for the Admin; null when nothing does. */
export function pricesProblem({ currency, places = [], ...usual }: Prices): string | null {
  if (!Intl.supportedValuesOf('currency').includes(currency)) {
    return `"${currency}" is no currency: give its three letters, like USD or EUR`;
  }
  const seen = new Set<string>();
  for (const { to } of places) {
    if (!to.startsWith('+') && !isSupportedCountry(to as CountryCode, metadata)) {
      return `"${to}" is no country: give its two letters, like GB, or how its numbers begin, like +44`;
    }
    if (seen.has(to)) return `There are two prices for "${to}": leave one`;
    seen.add(to);
  }
  const wrong = [usual, ...places]
    .flatMap(({ sms, mms }) => [sms, mms])
    .find((price) => price !== undefined && millionthsOf(price) === null);
  return wrong === undefined ? null : `"${wrong}" is no price: write it like 0.0079`;
}

/** What a text to one recipient costs; null where no price is known. */
export function costOf(prices: Prices | null | undefined, to: string, billed: Billed): Cost | null {
  if (!prices) return null;
  const rates = ratesTo(prices, to);
  const price = millionthsOf((billed.withMedia ? rates.mms : rates.sms) ?? '');
  if (price === null) return null;
  return { currency: prices.currency, millionths: price * (billed.withMedia ? 1 : billed.segments) };
}

/** What the same text to all of them costs; null where it is not known for each. */
export function costOfAll(
  prices: Prices | null | undefined,
  to: readonly string[],
  billed: Billed,
): Cost | null {
  const costs = to.map((each) => costOf(prices, each, billed)).filter((cost) => cost !== null);
  if (!prices || costs.length < to.length || costs.length === 0) return null;
  return { currency: prices.currency, millionths: costs.reduce((sum, one) => sum + one.millionths, 0) };
}

/**
 * The place that fits best: the longest beginning of the number. A country is a closer fit than its calling code, which
 * it may share, and a looser one than any beginning that says more.
 */
function ratesTo(prices: Prices, to: string): Rates {
  const phone = parsePhoneNumberFromString(to, {}, metadata);
  let best: Rates = prices;
  let fit = 0;
  for (const place of prices.places ?? []) {
    const found = place.to.startsWith('+')
      ? to.startsWith(place.to) && place.to.length
      : phone?.country === place.to && phone.countryCallingCode.length + 1.5;
    if (found !== false && found > fit) {
      best = place;
      fit = found;
    }
  }
  return best;
}
