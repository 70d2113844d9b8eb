import { decodeGsm, decodeUcs2 } from '../gsm-0338.js';

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
const UCS_2 = 8;

/** The text behind the bytes. What `coding` 0 means depends on the SMSC; mostly it is GSM 03.38, one septet a byte. */
export function decodeByCoding(bytes: Buffer, raw: string | undefined, alphabet: string | undefined): string {
  const coding = raw !== undefined && /^\d{1,3}$/.test(raw) ? alphabetOf(Number(raw)) : null;
  const utf8 = bytes.toString('utf8');
  const isUtf8 = !utf8.includes('\ufffd');
  if (coding === UCS_2) {
    const wide = decodeUcs2(bytes);
    // Some SMSCs send UTF-8 under this label; read as UTF-16 it is then broken.
    return isUtf8 && Buffer.from(wide, 'utf8').includes('\ufffd') ? utf8 : wide;
  }
  if (coding === GSM) {
    if (alphabet === 'latin1') return bytes.toString('latin1');
    return alphabet === 'utf8' || bytes.some((byte) => byte > 0x7f) ? utf8 : decodeGsm(bytes);
  }
  if (coding === LATIN_1) return bytes.toString('latin1');
  const other = coding === null ? undefined : ALPHABETS[coding];
  if (other !== undefined && bytes.some((byte) => byte > 0x7f || byte === 0x1b)) {
    return new TextDecoder(other).decode(bytes);
  }
  return isUtf8 ? utf8 : bytes.toString('latin1');
}

/** The alphabet in a coding that says other things too (3GPP TS 23.038, section 4): message classes, waiting marks. */
function alphabetOf(coding: number): number {
  const group = coding & 0xf0;
  if (group === 0xf0) return (coding & 0x04) === 0 ? GSM : 4;
  if (group === 0xe0) return UCS_2;
  if (group === 0xc0 || group === 0xd0) return GSM;
  if (group >= 0x10 && group <= 0x70) return [GSM, 4, UCS_2, 4][(coding & 0x0c) >> 2] ?? GSM;
  return coding;
}
