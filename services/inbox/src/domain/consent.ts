import type { ConsentLanguage, Keyword } from '@partyline/contracts';
import { bareWord } from '@partyline/kernel';

/** A consent word as the customer wrote it, and what it asks for. */
export interface ConsentWord {
  readonly keyword: Keyword;
  /** In capitals and without accents, as the carriers' own lists spell it. */
  readonly word: string;
  /** null: a word of the carrier's, in whatever language. */
  readonly language: ConsentLanguage | null;
}

type Words = Readonly<Record<Keyword, readonly string[]>>;

/** The words that US carriers and CTIA's messaging principles have every sender honour, in whatever language it writes. */
const ALWAYS: Words = {
  stop: ['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'REVOKE', 'OPTOUT'],
  start: ['START', 'UNSTOP'],
  help: ['HELP'],
};
/**
 * What people write in other languages. ARRET and AIDE are what Canada's carriers ask for; the others are the plain
 * words for stopping and beginning. No word here is an answer that people give otherwise: SI, NO, BASTA, ENDE are not.
 */
const WORDS: Readonly<Record<ConsentLanguage, Words>> = {
  en: ALWAYS,
  es: {
    stop: ['ALTO', 'PARAR', 'BAJA', 'CANCELAR', 'DETENER'],
    start: ['INICIAR', 'COMENZAR', 'ALTA'],
    help: ['AYUDA'],
  },
  fr: {
    stop: ['ARRET', 'ARRETER', 'ARRETEZ', 'DESABONNER'],
    start: ['REPRENDRE', 'COMMENCER', 'DEBUT'],
    help: ['AIDE'],
  },
  de: {
    stop: ['STOPP', 'ABMELDEN', 'ABBESTELLEN', 'AUFHOREN'],
    start: ['ANMELDEN'],
    help: ['HILFE'],
  },
  pt: { stop: ['PARAR', 'SAIR', 'CANCELAR', 'PARE'], start: ['INICIAR', 'COMECAR'], help: ['AJUDA'] },
  it: { stop: ['FERMA', 'ANNULLA', 'CANCELLAMI'], start: ['INIZIA', 'RIPRENDI'], help: ['AIUTO'] },
  nl: { stop: ['STOPPEN', 'AFMELDEN'], start: ['AANMELDEN'], help: ['HULP'] },
};
const SPELLINGS: Readonly<Record<string, string>> = { 'STOP ALL': 'STOPALL', 'OPT OUT': 'OPTOUT' };

const indexOf = (words: Words): ReadonlyMap<string, Keyword> =>
  new Map(
    (['stop', 'start', 'help'] as const).flatMap((keyword) =>
      words[keyword].map((word) => [word, keyword] as const),
    ),
  );
const INDEXES = new Map(Object.entries(WORDS).map(([language, words]) => [language, indexOf(words)]));

/**
 * The consent word that a text is, if it is nothing else: "Stop!" and "opt-out" are, "please don't stop" is not.
 * Case, accents, punctuation, emoji and white space around the word do not count. English words always hold; those of
 * `languages`, too.
 */
export function consentWord(text: string, languages: readonly ConsentLanguage[]): ConsentWord | null {
  const bare = bareWord(text);
  const word = Object.hasOwn(SPELLINGS, bare) ? (SPELLINGS[bare] ?? bare) : bare;
  for (const language of ['en' as const, ...languages]) {
    const keyword = INDEXES.get(language)?.get(word);
    if (keyword) return { keyword, word, language };
  }
  return null;
}

/** What is kept of a word that only the carrier knows, characters. */
const LONGEST_WORD = 40;

/** The same of a text as it came in: where the carrier took it for a consent word, it is one whatever we know of it. */
export function consentWordIn(
  message: { readonly text: string; readonly keyword?: Keyword | undefined },
  languages: readonly ConsentLanguage[],
): ConsentWord | null {
  const known = consentWord(message.text, languages);
  const said = message.keyword;
  if (!said || known?.keyword === said) return known;
  return { keyword: said, word: bareWord(message.text).slice(0, LONGEST_WORD), language: null };
}

/** Clocks differ by seconds; what is older than this when it comes in was held up on its way. */
const HELD_UP_MS = 120_000;

interface Timed {
  readonly receivedAt: string;
  readonly sentAt?: string | null | undefined;
}

/** Whether it came long after it was sent: its webhook was lost, and it was found in the carrier's log. */
export const wasHeldUp = ({ receivedAt, sentAt }: Timed): boolean =>
  sentAt != null && Date.parse(receivedAt) - Date.parse(sentAt) > HELD_UP_MS;

/**
 * When a word was said, for telling which of two was the last: when it came in, since carriers' clocks are not ours;
 * but of one that was held up when the carrier had it.
 */
export const saidAt = (text: Timed): string =>
  wasHeldUp(text) ? (text.sentAt ?? text.receivedAt) : text.receivedAt;
