import { decodeUcs2 } from '../gsm-0338.js';

/** The bytes of a percent-encoded text, whose `+` is a space; null where it is not one. */
function percentBytes(text: string): Buffer | null {
  if (!/%[0-9a-f]{2}/i.test(text) || Buffer.from(text, 'latin1').toString('latin1') !== text) return null;
  const bytes: number[] = [];
  for (let index = 0; index < text.length; index += 1) {
    const escape = /^%([0-9a-f]{2})/i.exec(text.slice(index, index + 3));
    if (escape) index += 2;
    bytes.push(
      escape ? Number.parseInt(escape[1] ?? '', 16) : text[index] === '+' ? 0x20 : text.charCodeAt(index),
    );
  }
  return Buffer.from(bytes);
}

/** Texts in any charset but UTF-8 come percent-encoded, byte by byte. */
export function clickatellText(text: string, charset: string | null | undefined): string {
  if (isUtf8(charset)) return text;
  const bytes = percentBytes(text);
  return bytes === null ? text : (decoded(bytes, charset) ?? text);
}

/** The text behind the bytes of a form. */
export function clickatellBytes(bytes: Buffer, charset: string | null | undefined): string {
  return (isUtf8(charset) ? null : decoded(bytes, charset)) ?? bytes.toString('utf8');
}

const isUtf8 = (charset: string | null | undefined): boolean => /^(UTF[-_]?8)?$/i.test(charset ?? '');

/** null: it cannot be in that charset. */
function decoded(bytes: Buffer, charset: string | null | undefined): string | null {
  if (!/^(UTF[-_]16(BE)?|UCS-?2)$/i.test(charset ?? '')) return bytes.toString('latin1');
  return bytes.length % 2 === 0 ? decodeUcs2(bytes) : null;
}
