/** A text can be found by so many words of so many characters; what is beyond is read in the conversation. */
const MOST_WORDS = 300;
const LONGEST_WORD = 32;
/** Characters of a text that a hit shows. */
const SNIPPET_LENGTH = 160;
/** Of these before the first word that was found. */
const LEAD = 40;

/** Scripts that do not put spaces between words. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Khmer}\p{sc=Lao}\p{sc=Myanmar}]/u;
const WORD = /[\p{L}\p{N}\p{M}]+/gu;

interface Found {
  readonly word: string;
  /** UTF-16 positions in the text. */
  readonly start: number;
  readonly end: number;
}

/** Case, accents and the width of letters do not count. */
const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .toLowerCase()
    .slice(0, LONGEST_WORD);

function* wordsIn(text: string): Generator<Found> {
  if (UNSPACED.test(text)) {
    for (const { segment, index, isWordLike } of new Intl.Segmenter(undefined, {
      granularity: 'word',
    }).segment(text)) {
      if (isWordLike === true) yield { word: plain(segment), start: index, end: index + segment.length };
    }
    return;
  }
  for (const { 0: word, index } of text.matchAll(WORD)) {
    yield { word: plain(word), start: index, end: index + word.length };
  }
}

/** What a text can be found by. */
export function searchWords(text: string): string[] {
  const words = new Set<string>();
  for (const { word } of wordsIn(text)) {
    if (word !== '') words.add(word);
    if (words.size >= MOST_WORDS) break;
  }
  return [...words];
}

/** What is looked for: all of `words`, and one that begins like `prefix`, as the last word may still be typed. */
export interface WantedWords {
  readonly words: readonly string[];
  readonly prefix: string | null;
}

export function wantedWords(q: string): WantedWords | null {
  const words = [...new Set([...wordsIn(q)].map(({ word }) => word).filter((word) => word !== ''))];
  if (words.length === 0) return null;
  // A blank after the last word says that it is finished.
  const prefix = /\s$/u.test(q) ? null : (words.pop() ?? null);
  return { words, prefix };
}

/** A part of a text around what was found, and where the words are in it: pairs of UTF-16 positions. */
export interface Snippet {
  readonly text: string;
  readonly highlights: readonly (readonly [start: number, end: number])[];
}

export function snippetOf(text: string, wanted: WantedWords): Snippet {
  const whole = new Set(wanted.words);
  const { prefix } = wanted;
  const hits = [...wordsIn(text)].filter(
    ({ word }) => whole.has(word) || (prefix !== null && word.startsWith(prefix)),
  );
  const first = hits[0]?.start ?? 0;
  const from = first <= LEAD + 20 ? 0 : atWord(text, first - LEAD);
  const to = text.length - from <= SNIPPET_LENGTH ? text.length : atWord(text, from + SNIPPET_LENGTH);
  const before = from > 0 ? '…' : '';
  const shift = before.length - from;
  return {
    text: `${before}${text.slice(from, to)}${to < text.length ? '…' : ''}`,
    highlights: hits
      .filter(({ start, end }) => start >= from && end <= to)
      .map(({ start, end }) => [start + shift, end + shift] as const),
  };
}

/** The end of the last word before a position, so that neither a word nor an emoji is cut in two. */
function atWord(text: string, position: number): number {
  const blank = text.lastIndexOf(' ', position);
  if (blank > position - LEAD) return blank + 1;
  const code = text.charCodeAt(position);
  return code >= 0xdc00 && code <= 0xdfff ? position - 1 : position;
}
