import { parsePhoneNumberFromString, type CountryCode, type PhoneNumber } from 'libphonenumber-js/core';
import metadata from 'libphonenumber-js/min/metadata';

export type AddressKind = 'e164' | 'short_code' | 'alphanumeric';

const E164 = /^\+[1-9]\d{6,14}$/;
const SHORT_CODE = /^\d{2,8}$/;
/** `+` in a form or query decodes to a space, and some carriers leave it out. */
const LOST_PLUS = /^ ?(\d{8,15})$/;
/** Alphanumeric senders ('MTN', 'My Bank'), and addresses of other channels ('whatsapp:+1...'). */
const PRINTABLE = /^[\p{L}\p{N}\p{P}\p{S} ]{1,64}$/u;
const LOOKS_LIKE_A_NUMBER = /^\+?[\d\s().\-/]+$/;

/**
 * The one spelling of an address as a carrier or a person gave it: E.164 for a phone number, short codes and
 * alphanumeric senders as they are (never forced into a number). null: there is no address in it.
 * With `defaultCountry` (ISO 3166 alpha-2) national numbers are understood too.
 */
export function normalizeAddress(raw: string, defaultCountry?: CountryCode): string | null {
  const lost = LOST_PLUS.exec(raw);
  if (lost) {
    const phone = parsePhone(`+${lost[1]}`);
    if (phone?.isPossible())
      return defaultCountry ? (national(raw, defaultCountry) ?? phone.number) : phone.number;
  }
  const trimmed = raw.trim();
  if (E164.test(trimmed) || SHORT_CODE.test(trimmed)) return trimmed;
  if (LOOKS_LIKE_A_NUMBER.test(trimmed)) {
    const phone = parsePhone(trimmed, defaultCountry);
    if (phone?.isPossible()) return phone.number;
  }
  return PRINTABLE.test(trimmed) ? trimmed : null;
}

/** A number that is valid as written in its own country wins over the guess that only its plus was lost. */
function national(raw: string, defaultCountry: CountryCode): string | null {
  const phone = parsePhone(raw, defaultCountry);
  return phone?.isValid() ? phone.number : null;
}

function parsePhone(raw: string, defaultCountry?: CountryCode): PhoneNumber | undefined {
  return parsePhoneNumberFromString(raw, defaultCountry === undefined ? {} : { defaultCountry }, metadata);
}

export function addressKind(address: string): AddressKind {
  if (E164.test(address)) return 'e164';
  return SHORT_CODE.test(address) ? 'short_code' : 'alphanumeric';
}
