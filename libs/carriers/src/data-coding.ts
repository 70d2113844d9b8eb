import { decodeGsm, decodeUcs2 } from './gsm-0338.js';

/** Alphabets of a data coding by SMPP 3.4, 5.2.19, as `TextDecoder` calls them. */
const ALPHABETS: Readonly<Record<number, string>> = {
  5: 'shift_jis',
  6: 'iso-8859-5',
  7: 'iso-8859-8',
  10: 'iso-2022-jp',
  13: 'euc-jp',
  14: 'euc-kr',
};
const GSM = 0;
const LATIN_1 = 3;
const BINARY = 4;
const UCS_2 = 8;

/** The text behind the bytes. What `coding` 0 means depends on the SMSC; mostly it is GSM 03.38, one septet a byte. */
export function decodeByCoding(bytes: Buffer, said: number | null, alphabet: string | undefined): string {
  const coding = said === null ? null : alphabetOf(said);
  const utf8 = bytes.toString('utf8');
  const isUtf8 = !utf8.includes('\ufffd');
  if (coding === UCS_2) {
    const wide = decodeUcs2(bytes);
    // Some SMSCs send UTF-8 under this label; read as UTF-16 it is then broken.
    return isUtf8 && Buffer.from(wide, 'utf8').includes('\ufffd') ? utf8 : wide;
  }
  if (coding === GSM) {
    if (alphabet === 'latin1') return bytes.toString('latin1');
    // GSM 03.38 has seven bits; what has eight is something else.
    if (alphabet !== 'utf8' && bytes.every((byte) => byte <= 0x7f)) return decodeGsm(bytes);
    return alphabet === 'utf8' || isUtf8 ? utf8 : bytes.toString('latin1');
  }
  if (coding === LATIN_1) return bytes.toString('latin1');
  const other = coding === null ? undefined : ALPHABETS[coding];
  if (other !== undefined && bytes.some((byte) => byte > 0x7f || byte === 0x1b)) {
    return new TextDecoder(other).decode(bytes);
  }
  return isUtf8 ? utf8 : bytes.toString('latin1');
}

/** Not what a person wrote: settings of an operator, business cards, pictures of the nineties. */
export const isBinaryCoding = (coding: number): boolean => [2, BINARY].includes(alphabetOf(coding));

/** The alphabet in a coding that says other things too (3GPP TS 23.038, section 4): message classes, waiting marks. */
function alphabetOf(coding: number): number {
  const group = coding & 0xf0;
  if (group === 0xf0) return (coding & 0x04) === 0 ? GSM : BINARY;
  if (group === 0xe0) return UCS_2;
  if (group === 0xc0 || group === 0xd0) return GSM;
  if (group >= 0x10 && group <= 0x70) return [GSM, BINARY, UCS_2, BINARY][(coding & 0x0c) >> 2] ?? GSM;
  return coding;
}
