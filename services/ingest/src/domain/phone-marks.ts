/** Of a longer number the end is enough to know it by, however its beginning is written. */
const MARK_DIGITS = 8;
const MOST_MARKS = 500;

/**
 * What phone numbers in a text can be found by again: the last digits of whatever could be one, also of
 * `(212) 555-0101`. Other numbers are among these; they do no harm.
 */
export function phoneMarks(text: string): string[] {
  const found = new Set<string>();
  for (const pattern of [/\d{7,15}/g, /\d[\d ().-]{5,25}\d/g]) {
    for (const [written] of text.matchAll(pattern)) {
      const digits = written.replace(/\D/g, '');
      if (digits.length >= 7 && digits.length <= 15) found.add(digits.slice(-MARK_DIGITS));
      if (found.size >= MOST_MARKS) return [...found];
    }
  }
  return [...found];
}

/** What could hold numbers, however a form or a query has escaped them. */
export const unescaped = (text: string): string =>
  text.replace(/%([0-9a-f]{2})/gi, (_whole, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
