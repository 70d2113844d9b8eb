/**
 * What a text says when nothing but its letters and digits counts: in capitals, without accents, punctuation, emoji or
 * white space around, and with single blanks between words. "Stop!" is STOP; "opt-out" is OPT OUT.
 */
export function bareWord(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .toUpperCase()
    .replaceAll(/[\p{P}\p{S}\p{Cf}\s]+/gu, ' ')
    .trim();
}
