import { bareWord } from '@partyline/kernel';
import type { CarrierMessage, CarrierProfile } from './carrier.js';

/**
 * The setting of an account that says who answers keywords: the carrier all of them, Partyline all of them, or, where
 * it is not set, whoever usually does.
 */
export const ANSWERS_SETTING = 'keywordAnswers';
export const ANSWERED_BY = ['carrier', 'partyline'] as const;

/** Longer texts are no keywords, characters. */
const LONGEST = 40;

/** Numbers of the North American plan that are free to call. */
const TOLL_FREE = /^\+1(800|822|833|844|855|866|877|888)\d{7}$/;
/**
 * The network itself answers these on toll-free numbers, whatever carrier they are with, and nobody can switch it off.
 * Source: https://support.twilio.com/hc/en-us/articles/360058144374, https://community.sinch.com (How does STOP work on
 * a Toll-Free number)
 */
const BY_THE_NETWORK: readonly string[] = ['STOP', 'START', 'UNSTOP', 'ARRET', 'NONARRET'];

/** As carriers list words: OPT-OUT, OPT OUT and OPTOUT are one. */
const spelled = (word: string): string => bareWord(word).replaceAll(' ', '');

/** A carrier that answers these words, with blanks between, by itself: on all numbers or on those that `where` is true of. */
export function answersTo(
  words: string,
  where: (ourNumber: string) => boolean = () => true,
): (word: string, ourNumber: string) => boolean {
  const known = new Set(words.split(' '));
  return (word, ourNumber) => known.has(word) && where(ourNumber);
}

/** Short codes are dialled as they are: no country, no plus. */
export const isShortCode = (number: string): boolean => /^\d{3,8}$/.test(number);

/** Whether a customer's text is answered by its carrier or the network, so that we must not answer it, too. */
export function answeredByCarrier(
  carrier: Pick<CarrierProfile, 'answersKeyword'>,
  settings: Readonly<Record<string, string>>,
  { to, text, keyword }: Pick<CarrierMessage, 'to' | 'text' | 'keyword'>,
): boolean {
  if (keyword) return true;
  if (text.length > LONGEST) return false;
  const word = spelled(text);
  if (word === '') return false;
  if (TOLL_FREE.test(to) && BY_THE_NETWORK.includes(word)) return true;
  const chosen = settings[ANSWERS_SETTING];
  return chosen === undefined ? (carrier.answersKeyword?.(word, to) ?? false) : chosen === 'carrier';
}
