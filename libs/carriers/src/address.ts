import { parsePhoneNumberFromString, type CountryCode, type PhoneNumber } from 'libphonenumber-js/core';
import metadata from 'libphonenumber-js/min/metadata';

export type AddressKind = 'e164' | 'short_code' | 'alphanumeric';

const E164 = /^\+[1-9]\d{6,14}$/;
const SHORT_CODE = /^\d{2,8}$/;
/** `+` in a form or query decodes to a space, and some carriers leave it out. */
const LOST_PLUS = /^ ?(\d{8,15})$/;
/** Alphanumeric senders ('MTN', 'My Bank'), and addresses of other channels ('whatsapp:+1...'). */
const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]{1,64}$/u;
const LOST_PLUS_OF_CHANNEL = /^([a-z]{2,20}:) (?=\d{8,15}$)/;
const LOOKS_LIKE_A_NUMBER = /^\+?[\d\s().\p{Pd}/]{1,64}$/u;
/** Dialled before a number of another country, in most of them. */
const DIALLED_ABROAD = /^00(?=[\s().\p{Pd}/]*[1-9])/u;
/** Marks of the writing direction and the like, which come along where numbers are copied. */
const INVISIBLE = /\p{Cf}/gu;

/**
 * The one spelling of an address as a carrier or a person gave it: E.164 for a phone number, short codes and
 * alphanumeric senders as they are (never forced into a number). null: there is no address in it.
 * With `defaultCountry` (ISO 3166 alpha-2) national numbers are understood too.
 */
export function normalizeAddress(raw: string, defaultCountry?: CountryCode): string | null {
  const shown = raw.replace(INVISIBLE, '');
  const trimmed = shown.trim();
  const number = asNumber(shown, trimmed, defaultCountry);
  if (number !== null) return number;
  return PRINTABLE.test(trimmed) ? trimmed.replace(LOST_PLUS_OF_CHANNEL, '$1+') : null;
}

function asNumber(shown: string, trimmed: string, defaultCountry?: CountryCode): string | null {
  if (/^tel:/i.test(trimmed)) {
    const rest = trimmed.slice('tel:'.length);
    return asNumber(rest, rest.trim(), defaultCountry);
  }
  const lost = LOST_PLUS.exec(shown);
  if (lost) {
    const phone = parsePhone(`+${lost[1]}`);
    if (phone?.isPossible())
      return defaultCountry ? (national(shown, defaultCountry) ?? phone.number) : phone.number;
  }
  if (E164.test(trimmed) || SHORT_CODE.test(trimmed)) return trimmed;
  const dialled = inAsciiDigits(trimmed);
  if (!LOOKS_LIKE_A_NUMBER.test(dialled)) return null;
  const phone = parsePhone(dialled, defaultCountry);
  if (phone?.isPossible()) return phone.number;
  const abroad = parsePhone(dialled.replace(DIALLED_ABROAD, '+'));
  return abroad?.isPossible() ? abroad.number : null;
}

/** Digits of any script as 0 to 9. Those that NFKC does not know stand in tens whose zero ends in 0 or 6 (hex). */
function inAsciiDigits(text: string): string {
  return text.normalize('NFKC').replace(/(?![0-9])\p{Nd}/gu, (digit) => {
    const point = digit.codePointAt(0) ?? 0;
    const row = point - (point % 16);
    return String(/\p{Nd}/u.test(String.fromCodePoint(row)) ? point - row : point - row - 6);
  });
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
