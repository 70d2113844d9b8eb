import type { ErrorClass } from '@partyline/carriers';

/** What a refusal means and what to do about it, for the person who wrote the reply. */
const WORDS: Readonly<Record<ErrorClass, string>> = {
  opted_out:
    'This customer asked not to get texts from this number (STOP). They can allow it again by texting START.',
  invalid_destination: 'This number does not exist or cannot get texts. Check the number.',
  unreachable: 'The phone could not be reached: it may be switched off or out of coverage. Try again later.',
  landline: 'This is a landline, which cannot get texts. Ask the customer for a mobile number.',
  spam_filtered: 'A phone company held this text to be spam. Word it differently, without links.',
  blocked: 'Texts from this number to this customer are blocked by the phone company or by the customer.',
  unregistered:
    'This number is not registered for business texting. An Admin has to register it with the carrier.',
  throttled: 'The carrier takes no more texts from this number for now.',
  expired: 'This text could not be sent in time and was given up. Send it again if it still matters.',
  content:
    'The carrier does not take this content: it is too long, or the picture is too big or of a wrong kind.',
  price:
    'The carrier refused this text because of its price. An Admin has to look at the balance and price limits.',
  credentials:
    "The carrier did not accept this account's credentials. An Admin has to check the carrier account.",
  not_sent:
    'This text did not go out: the carrier was asked, and its log does not have it. Send it again if it still matters.',
  unknown: 'The carrier could not deliver this text and does not say why.',
};

const isErrorClass = (name: string): name is ErrorClass => Object.hasOwn(WORDS, name);

/** `said`: what the carrier itself says, kept beside our words. */
export function inWords(errorClass: string | null, said: string | null): string {
  const words = WORDS[errorClass !== null && isErrorClass(errorClass) ? errorClass : 'unknown'];
  return said === null || said === '' ? words : `${words} (The carrier: ${said})`;
}
