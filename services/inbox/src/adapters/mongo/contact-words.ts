/** How many of its last digits people know a number by. */
const TAILS = [10, 7, 4] as const;

const digitsOf = (text: string): string => text.replaceAll(/\D/g, '');

const wordsOf = (text: string): string[] =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .filter((word) => word !== '');

/** What a contact can be found by: the words of the name, and the number from several of its digits on. */
export function contactWords(name: string | null, numbers: readonly string[]): string[] {
  const ofNumbers = numbers.flatMap((number) => {
    const digits = digitsOf(number);
    if (digits === '') return wordsOf(number);
    return [
      digits,
      ...TAILS.filter((length) => length < digits.length).map((length) => digits.slice(-length)),
    ];
  });
  return [...new Set([...(name === null ? [] : wordsOf(name)), ...ofNumbers])];
}

/** A filter for documents with such `words`: each word of the query is the beginning of one. Null: nothing to look for. */
export function contactFilter(q: string): { $and: { words: RegExp }[] } | null {
  const looksLikeNumber = /^[\d\s+().-]+$/.test(q.trim());
  const wanted = looksLikeNumber ? [digitsOf(q)].filter((digits) => digits !== '') : wordsOf(q);
  if (wanted.length === 0) return null;
  // Letters and digits only are left of what was typed, so nothing in it can act as a pattern.
  return { $and: wanted.map((word) => ({ words: new RegExp(`^${word}`) })) };
}
