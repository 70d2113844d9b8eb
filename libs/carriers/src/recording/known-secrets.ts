export const HIDDEN = '[redacted]';
/** A shorter one stands in many words. */
const SHORTEST = 4;
const NAMED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Finds values wherever they stand: as they are, as URLs, forms, JSON and XML write them, in base64, and in hex. */
export class KnownSecrets {
  private readonly written: readonly RegExp[];
  private readonly inBase64: readonly RegExp[];

  constructor(secrets: readonly string[]) {
    const known = [...new Set(secrets)]
      .filter((secret) => secret.length >= SHORTEST)
      .toSorted((a, b) => b.length - a.length);
    this.written = known.flatMap((secret) => [
      new RegExp(Array.from(secret, anyWriting).join(''), 'gu'),
      new RegExp(Buffer.from(secret).toString('hex'), 'gi'),
    ]);
    this.inBase64 = known.flatMap((secret) => [0, 1, 2].map((offset) => insideBase64(secret, offset)));
  }

  removeFrom(text: string): string {
    // The words of base64 first: what is taken out of them as they are would leave the rest of one behind.
    const clean = this.inBase64.reduce(withoutWords, text);
    return this.written.reduce((left, secret) => left.replace(secret, HIDDEN), clean);
  }
}

/**
 * One character in any of the ways in which it may be written; percent signs of it may be encoded themselves. What may
 * repeat is bounded: whoever sends a webhook chooses the text that is searched.
 */
function anyWriting(character: string): string {
  const percent = Array.from(Buffer.from(character), (byte) => `%(?:25){0,3}${anyCase(hex(byte, 2))}`).join(
    '',
  );
  const units = Array.from({ length: character.length }, (_none, index) => character.charCodeAt(index));
  const unicode = units.map((unit) => String.raw`\\{1,8}u${anyCase(hex(unit, 4))}`).join('');
  const code = character.codePointAt(0) ?? 0;
  const ways = [
    percent,
    unicode,
    `&#0{0,6}${code};`,
    `&#[xX]0{0,6}${anyCase(code.toString(16))};`,
    ...(NAMED[character] === undefined ? [] : [NAMED[character]]),
    ...(character === ' ' ? [String.raw`\+`] : []),
    // A quote, slash or backslash in JSON, which may stand in JSON itself.
    String.raw`${/["\\/]/.test(character) ? String.raw`\\{0,8}` : ''}${literal(character)}`,
  ];
  return `(?:${ways.join('|')})`;
}

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');
const anyCase = (digits: string): string =>
  digits.replace(/[a-f]/g, (letter) => `[${letter}${letter.toUpperCase()}]`);
const literal = (character: string): string => character.replace(/[\\^$.*+?()[\]{}|/]/, String.raw`\$&`);

/** The characters that stand for nothing but the secret, where so many bytes (modulo 3) come before it. */
function insideBase64(secret: string, offset: number): RegExp {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)]);
  const first = Math.ceil((offset * 8) / 6);
  const end = Math.floor((bytes.length * 8) / 6);
  const pattern = Array.from(bytes.toString('base64').slice(first, end), (character) =>
    character === '+'
      ? String.raw`(?:\+|-|%2[bB])`
      : character === '/'
        ? String.raw`(?:\\{0,8}\/|_|%2[fF])`
        : character,
  );
  return new RegExp(pattern.join(''), 'g');
}

const OF_A_WORD = /[A-Za-z0-9+/=_%-]/;

/** Without the whole words that a match stands in: what surrounds it is encoded with it. */
function withoutWords(text: string, inside: RegExp): string {
  let clean = '';
  let done = 0;
  for (const { index, 0: match } of text.matchAll(inside)) {
    if (index < done) continue;
    let start = index;
    while (start > done && OF_A_WORD.test(text.charAt(start - 1))) start -= 1;
    let end = index + match.length;
    while (end < text.length && OF_A_WORD.test(text.charAt(end))) end += 1;
    clean += text.slice(done, start) + HIDDEN;
    done = end;
  }
  return clean + text.slice(done);
}
