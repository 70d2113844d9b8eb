import { parsePhoneNumberFromString, type CountryCode, type PhoneNumber } from 'libphonenumber-js/core';
import metadata from 'libphonenumber-js/min/metadata';

/** Where a number without a country code is taken to be. */
const HOME: CountryCode = 'US';
const cache = new Map<string, string>();

const parse = (number: string, home?: CountryCode): PhoneNumber | undefined =>
  home ? parsePhoneNumberFromString(number, home, metadata) : parsePhoneNumberFromString(number, metadata);

/** `+12125550101` as people write it: (212) 555-0101; other countries in their international form. */
export function formatPhone(number: string): string {
  const known = cache.get(number);
  if (known !== undefined) return known;
  const parsed = parse(number);
  const text = !parsed
    ? number
    : parsed.countryCallingCode === '1'
      ? parsed.formatNational()
      : parsed.formatInternational();
  cache.set(number, text);
  return text;
}

/** What somebody typed, as E.164; null when it cannot be a number. */
export function toE164(typed: string): string | null {
  const parsed = parse(typed, HOME);
  return parsed?.isPossible() ? parsed.number : null;
}

const NUMBERS = /\+[1-9]\d{6,14}\b/g;

/** A sentence of the server with the numbers in it as people write them. */
export const withPhones = (sentence: string): string => sentence.replaceAll(NUMBERS, formatPhone);
