import { describe, expect, it } from '@jest/globals';
import { decodeGsm, decodeUcs2, encodeGsm, isGsmText } from './gsm-0338.js';

describe('GSM 03.38', () => {
  it.each([
    ['the basic table', [0x05, 0x76, 0x05, 0x6e, 0x65, 0x6d, 0x65, 0x6e, 0x74], 'événement'],
    ['the first and the last', [0x00, 0x7f], '@à'],
    ['the extension', [0x1b, 0x65, 0x1b, 0x3c, 0x31, 0x1b, 0x3e], '€[1]'],
    ['an escape of what is not in the extension', [0x1b, 0x41], 'A'],
    ['an escape at the end', [0x41, 0x1b], 'A'],
    ['a byte above 7 bits', [0x80], '\ufffd'],
  ])('decodes %s', (_case, bytes, text) => {
    expect(decodeGsm(Uint8Array.from(bytes))).toBe(text);
  });

  it.each([
    ['Hello {world} €5', true],
    ['ça va', false],
    ['Ça va', true],
    ['hi 👋', false],
    ['', true],
  ])('%j fits: %s', (text, fits) => {
    expect(isGsmText(text)).toBe(fits);
  });

  it('encodes what it decodes', () => {
    const text = '@Hello [€] {Ñ} àß\n';
    expect(decodeGsm(encodeGsm(text))).toBe(text);
    expect(decodeGsm(encodeGsm('a👋'))).toBe('a?');
  });

  it('decodes UCS-2, also with characters of two units', () => {
    expect(decodeUcs2(Buffer.from('0056d83ddc4b', 'hex'))).toBe('V👋');
    expect(decodeUcs2(Buffer.from('005600', 'hex'))).toBe('V');
    expect(decodeUcs2(Buffer.from('feff0056', 'hex'))).toBe('V');
    expect(decodeUcs2(Buffer.from('fffe5600', 'hex'))).toBe('V');
    expect(decodeUcs2(Buffer.alloc(0))).toBe('');
  });
});
