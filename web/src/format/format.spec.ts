import { describe, expect, it } from '@jest/globals';
import { contactTitle, hueOf, initials, shownCount } from './names.js';
import { formatPhone, withPhones } from './phone.js';
import { ago, long, short } from './time.js';

describe('numbers, names and times as people write them', () => {
  it('phone numbers', () => {
    expect(formatPhone('+12125550101')).toBe('(212) 555-0101');
    expect(formatPhone('+442079460123')).toBe('+44 20 7946 0123');
    expect(formatPhone('nonsense')).toBe('nonsense');
    expect(withPhones('The text came to +12125550101 (Support).')).toBe(
      'The text came to (212) 555-0101 (Support).',
    );
  });

  it('who it is', () => {
    expect(contactTitle({ contactName: null, peers: ['+12125550101', '+12125550102'] })).toBe(
      '(212) 555-0101, (212) 555-0102',
    );
    expect(initials('Ada Lovelace')).toBe('AL');
    expect(initials('Ada')).toBe('A');
    expect(shownCount(100)).toBe('99+');
    expect(hueOf('Ada')).toBe(hueOf('Ada'));
  });

  it('waits', () => {
    expect([5e3, 4 * 6e4, 2 * 36e5, 3 * 864e5].map(short)).toEqual(['now', '4m', '2h', '3d']);
    expect([1e3, 6e4, 9e6].map(long)).toEqual(['1 second', '1 minute', '2 hours']);
    expect(ago('2026-11-23T12:00:00.000Z', Date.parse('2026-11-23T12:00:02.500Z'))).toBe('2 s ago');
    expect(ago('2026-11-23T12:00:00.000Z', Date.parse('2026-11-23T12:00:00.200Z'))).toBe('just now');
    expect(ago('2026-11-23T12:00:00.000Z', Date.parse('2026-11-23T12:05:00.000Z'))).toBe('5m ago');
  });
});
