import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

const cache = new Map<string, string>();

/** `+12125550101` as people write it: (212) 555-0101; other countries in their international form. */
export function formatPhone(number: string): string {
  const known = cache.get(number);
  if (known !== undefined) return known;
  const parsed = parsePhoneNumberFromString(number);
  const text = !parsed
    ? number
    : parsed.countryCallingCode === '1'
      ? parsed.formatNational()
      : parsed.formatInternational();
  cache.set(number, text);
  return text;
}
