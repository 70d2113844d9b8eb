/**
 * The default alphabet of SMS. Source: 3GPP TS 23.038, section 6.2.1 (basic table and its extension).
 */
const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001bÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
  '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const ESCAPE = 0x1b;
const EXTENSION: Readonly<Record<number, string>> = {
  0x0a: '\f',
  0x14: '^',
  0x28: '{',
  0x29: '}',
  0x2f: '\\',
  0x3c: '[',
  0x3d: '~',
  0x3e: ']',
  0x40: '|',
  0x65: '€',
};
const ALL = new Set([...Array.from(BASIC.replace('\u001b', '')), ...Object.values(EXTENSION)]);

/** One septet a byte, as SMPP carries it. Bytes that no table knows become U+FFFD. */
export function decodeGsm(bytes: Uint8Array): string {
  let text = '';
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index] ?? 0;
    if (byte === ESCAPE) {
      index += 1;
      const escaped = bytes[index];
      // A phone that does not know an escaped character shows the one of the basic table.
      text += escaped === undefined ? '' : (EXTENSION[escaped] ?? BASIC[escaped] ?? '\ufffd');
    } else text += BASIC[byte] ?? '\ufffd';
  }
  return text;
}

/** UCS-2 as SMS carries it: UTF-16, high byte first unless a mark says otherwise. An odd last byte is left out. */
export function decodeUcs2(bytes: Uint8Array): string {
  const units = Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2)));
  const isLittle = units[0] === 0xff && units[1] === 0xfe;
  const text = (isLittle ? units : units.swap16()).toString('utf16le');
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

/** Whether a text fits in GSM 03.38, so that it needs no UCS-2. */
export function isGsmText(text: string): boolean {
  for (const character of text) if (!ALL.has(character)) return false;
  return true;
}

/** One septet a byte; a character that no table knows becomes `?`. */
export function encodeGsm(text: string): Buffer {
  const bytes: number[] = [];
  for (const character of text) {
    const basic = character === '\u001b' ? -1 : BASIC.indexOf(character);
    if (basic !== -1) bytes.push(basic);
    else {
      const escaped = Object.entries(EXTENSION).find(([, one]) => one === character);
      bytes.push(...(escaped ? [ESCAPE, Number(escaped[0])] : [0x3f]));
    }
  }
  return Buffer.from(bytes);
}
