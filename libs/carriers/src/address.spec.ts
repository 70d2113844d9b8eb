import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addressKind, normalizeAddress } from './address.js';

describe('normalizeAddress', () => {
  it.each([
    ['+12125550101', '+12125550101', 'e164'],
    [' 12125550101', '+12125550101', 'e164'],
    ['12125550101', '+12125550101', 'e164'],
    ['+1 (212) 555-0101', '+12125550101', 'e164'],
    ['447700900123', '+447700900123', 'e164'],
    ['+11111111111', '+11111111111', 'e164'],
    ['0012125550101', '+12125550101', 'e164'],
    ['00 44 7700 900123', '+447700900123', 'e164'],
    ['tel:+1-212-555-0101', '+12125550101', 'e164'],
    ['tel:12125550101', '+12125550101', 'e164'],
    ['tel:21581234', '21581234', 'short_code'],
    ['\u202a+1\u00a0212\u2011555\u20110101\u202c', '+12125550101', 'e164'],
    ['+١٢١٢٥٥٥٠١٠١', '+12125550101', 'e164'],
    ['+९१९८७६५४३२१०', '+919876543210', 'e164'],
    ['＋１２１２５５５０１０１', '+12125550101', 'e164'],
    ['\t+12125550101\r\n', '+12125550101', 'e164'],
    ['384387', '384387', 'short_code'],
    ['2021', '2021', 'short_code'],
    ['12345678', '12345678', 'short_code'],
    ['MTN', 'MTN', 'alphanumeric'],
    ['My Bank', 'My Bank', 'alphanumeric'],
    ['Bank ٢٤', 'Bank ٢٤', 'alphanumeric'],
    ['भारत', 'भारत', 'alphanumeric'],
    ['00', '00', 'short_code'],
    ['whatsapp:+14133881111', 'whatsapp:+14133881111', 'alphanumeric'],
    ['whatsapp: 14133881111', 'whatsapp:+14133881111', 'alphanumeric'],
    ['MG00000000000000000000000000000001', 'MG00000000000000000000000000000001', 'alphanumeric'],
  ])('%j is %s (%s)', (raw, address, kind) => {
    expect(normalizeAddress(raw)).toBe(address);
    expect(addressKind(address)).toBe(kind);
  });

  it.each(['', ' ', '\n', 'a\u0000b', 'x'.repeat(65)])('%j is no address', (raw) => {
    expect(normalizeAddress(raw)).toBeNull();
  });

  it('reads national numbers where the country is known', () => {
    expect(normalizeAddress('(212) 555-0101', 'US')).toBe('+12125550101');
    expect(normalizeAddress('2125550101', 'US')).toBe('+12125550101');
    expect(normalizeAddress('020 7946 0958', 'GB')).toBe('+442079460958');
    expect(normalizeAddress('011 44 20 7946 0958', 'US')).toBe('+442079460958');
    expect(normalizeAddress('0044 20 7946 0958', 'DE')).toBe('+442079460958');
    expect(normalizeAddress('0044 20 7946 0958', 'US')).toBe('+442079460958');
    expect(normalizeAddress('٠٢٠٧٩٤٦٠٩٥٨', 'GB')).toBe('+442079460958');
  });

  it('gives the same again for what it gave, whatever comes in', () => {
    const odd = fc
      .array(fc.constantFrom('tel:', '00', '+', ' ', '1', '٢', '\u200e', '-', '212555', 'A'), {
        maxLength: 8,
      })
      .map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[ +]?\d{1,16}$/), odd),
        (raw) => {
          const once = normalizeAddress(raw);
          expect(once === null ? once : normalizeAddress(once)).toBe(once);
        },
      ),
    );
  });
});
