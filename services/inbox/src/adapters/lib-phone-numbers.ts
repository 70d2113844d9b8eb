import { Injectable } from '@nestjs/common';
import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/core';
import metadata from 'libphonenumber-js/min/metadata';
import { PhoneNumbers } from '../application/phone-numbers.js';
import { dialable } from '../domain/address.js';

/** By Google's rules of the world's numbering plans. */
@Injectable()
export class LibPhoneNumbers extends PhoneNumbers {
  override normalize(typed: string, near: string | undefined): string | null {
    const asWritten = dialable(typed);
    if (asWritten !== null) return asWritten;
    const country = near === undefined ? undefined : countryOf(near);
    const parsed = country
      ? parsePhoneNumberFromString(typed, country, metadata)
      : parsePhoneNumberFromString(typed, metadata);
    return parsed?.isPossible() ? parsed.number : null;
  }
}

/** Where several countries share a calling code, the first of them; what is possible there is possible in all. */
function countryOf(number: string): CountryCode | undefined {
  const parsed = parsePhoneNumberFromString(number, metadata);
  if (!parsed) return undefined;
  const shared = metadata.country_calling_codes as Record<string, CountryCode[] | undefined>;
  return parsed.country ?? shared[parsed.countryCallingCode]?.[0];
}
