export type Keyword = 'stop' | 'start' | 'help';

/** A consent word as the customer wrote it, and what it asks for. */
export interface ConsentWord {
  readonly keyword: Keyword;
  /** In capitals, as the carriers' own lists spell it. */
  readonly word: string;
}

/** The words that US carriers and CTIA's messaging principles have every sender honour. */
const WORDS: Readonly<Record<string, Keyword>> = {
  STOP: 'stop',
  STOPALL: 'stop',
  UNSUBSCRIBE: 'stop',
  CANCEL: 'stop',
  END: 'stop',
  QUIT: 'stop',
  REVOKE: 'stop',
  OPTOUT: 'stop',
  START: 'start',
  UNSTOP: 'start',
  HELP: 'help',
};
const SPELLINGS = new Map<string, string>([
  ...Object.keys(WORDS).map((word) => [word, word] as const),
  ['STOP ALL', 'STOPALL'],
  ['OPT OUT', 'OPTOUT'],
]);

/**
 * The consent word that a text is, if it is nothing else: "Stop!" and "opt-out" are, "please don't stop" is not.
 * Case, punctuation, emoji and white space around the word do not count.
 */
export function consentWord(text: string): ConsentWord | null {
  const bare = text
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\p{P}\p{S}\p{Cf}\p{M}\s]+/gu, ' ')
    .trim();
  const word = SPELLINGS.get(bare);
  const keyword = word === undefined ? undefined : WORDS[word];
  return word === undefined || keyword === undefined ? null : { keyword, word };
}

/** Clocks differ by seconds; what is older than this when it comes in was held up on its way. */
const HELD_UP_MS = 120_000;

/**
 * When a word was said, for telling which of two was the last: when it came in, since carriers' clocks are not ours;
 * but of one that was held up (its webhook was lost, and it was found in the carrier's log), when the carrier had it.
 */
export function saidAt(text: {
  readonly receivedAt: string;
  readonly sentAt?: string | null | undefined;
}): string {
  const heldUp = text.sentAt != null && Date.parse(text.receivedAt) - Date.parse(text.sentAt) > HELD_UP_MS;
  return heldUp ? (text.sentAt ?? text.receivedAt) : text.receivedAt;
}
