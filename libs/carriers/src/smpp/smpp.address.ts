import type { CountryCode } from 'libphonenumber-js/core';
import { addressKind, normalizeAddress } from '../address.js';
import type { OpenAccount } from '../carrier.js';

/** Types of number, SMPP 3.4, 5.2.5. */
const INTERNATIONAL = 1;
const NETWORK_SPECIFIC = 3;
const ALPHANUMERIC = 5;
/** The numbering plan of phones, 5.2.6. */
const E164_PLAN = 1;

export interface SmppAddress {
  readonly ton: number;
  readonly npi: number;
  readonly digits: string;
}

/** null: there is no address in it. */
export function readAddress({ ton, digits }: Omit<SmppAddress, 'npi'>, account: OpenAccount): string | null {
  const international = digits.replace(/^(\+|00)/, '');
  if (ton === INTERNATIONAL && /^[1-9]\d{6,14}$/.test(international)) {
    return normalizeAddress(`+${international}`);
  }
  const country = account.settings['country'] as CountryCode | undefined;
  return normalizeAddress(digits, ton === ALPHANUMERIC ? undefined : country);
}

export function smppAddress(address: string, { settings }: OpenAccount): SmppAddress {
  switch (addressKind(address)) {
    case 'e164':
      return { ton: INTERNATIONAL, npi: E164_PLAN, digits: address.slice(1) };
    case 'short_code':
      return {
        ton: Number(settings['shortCodeTon'] ?? NETWORK_SPECIFIC),
        npi: Number(settings['shortCodeNpi'] ?? 0),
        digits: address,
      };
    case 'alphanumeric':
      return { ton: ALPHANUMERIC, npi: 0, digits: address };
  }
}
