import type { MessageStatus } from './rows.js';

/** For what was told without words: classes of delivery errors (libs/carriers, outcome.ts), and what to do. */
const REASONS: Readonly<Record<string, string>> = {
  opted_out: 'The customer asked not to get texts from this number (STOP).',
  invalid_destination: 'This number cannot receive texts. Check it.',
  unreachable: 'The phone is off or out of reach. Try again later.',
  landline: 'This number is a landline. Ask for a mobile number.',
  spam_filtered: 'A phone company took it for spam. Word it differently, without links.',
  blocked: 'The phone company or the customer blocks texts from this number.',
  unregistered: 'This number is not registered for business texting. Tell your Admin.',
  throttled: 'Too many texts at once; the carrier refused this one.',
  expired: 'It could not be sent in time. Send it again if it still matters.',
  content: 'The carrier did not accept the content.',
  price: 'The carrier refused it because of its price. Tell your Admin.',
  credentials: "The company's account at the carrier refused it. Tell your Admin.",
  not_sent: 'It did not go out. Send it again if it still matters.',
};

/** The delivery service tells in words what happened and what to do, with what the carrier said in them. */
export function failureWords({ errorClass, rawCode, description }: Omit<MessageStatus, 'status'>): string {
  const words = description ?? (errorClass && REASONS[errorClass]) ?? 'The carrier gave no reason.';
  return `${words}${rawCode ? ` (carrier code ${rawCode})` : ''}`;
}
