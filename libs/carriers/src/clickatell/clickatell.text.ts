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
  const name = (charset ?? '').toUpperCase().replaceAll('_', '-');
  if (name === '' || name === 'UTF-8') return text;
  const bytes = percentBytes(text);
  if (bytes === null) return text;
  if (/^(UTF-16BE|UCS-?2|UTF-16)$/.test(name)) return bytes.length % 2 === 0 ? decodeUcs2(bytes) : text;
  return bytes.toString('latin1');
}
