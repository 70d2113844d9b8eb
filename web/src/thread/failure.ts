import type { MessageStatus } from './rows.js';

/** Classes of delivery errors in words; what the carrier said verbatim stands behind them. */
const REASONS: Readonly<Record<string, string>> = {
  invalid_number: 'This number cannot receive texts.',
  landline: 'This number is a landline.',
  opted_out: 'The customer opted out with their carrier.',
  blocked: 'The carrier blocked it, often as spam.',
  carrier_blocked: 'The carrier blocked it, often as spam.',
  unreachable: 'The phone is off or out of reach.',
  throttled: 'Too many texts at once; the carrier refused this one.',
  account: "The company's account at the carrier refused it. Tell your Admin.",
  misconfigured: "The company's account at the carrier is not set up right. Tell your Admin.",
  content: 'The carrier did not accept the content.',
  too_long: 'It is too long.',
};

export function failureWords({ errorClass, rawCode, description }: Omit<MessageStatus, 'status'>): string {
  const reason = (errorClass && REASONS[errorClass]) ?? null;
  const carrier = description ?? null;
  const code = rawCode ? ` (carrier code ${rawCode})` : '';
  if (reason && carrier && carrier !== reason) return `${reason} The carrier said: ${carrier}${code}`;
  return `${reason ?? carrier ?? 'The carrier gave no reason.'}${code}`;
}
