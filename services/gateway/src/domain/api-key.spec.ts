import { describe, expect, it } from '@jest/globals';
import { canTellAgain, isGood, readKey, writeKey } from './api-key.js';

const secret = 's'.repeat(43);

describe('API keys', () => {
  it('read back what they were made of', () => {
    expect(readKey(writeKey({ tenantId: 'demo', id: 'ak_1' }, secret))).toEqual({
      tenantId: 'demo',
      id: 'ak_1',
      secret,
    });
  });

  it.each([
    '',
    'plk_',
    'plk_demo.ak_1',
    `plk_demo.ak_1.${'s'.repeat(42)}`,
    `xlk_demo.ak_1.${secret}`,
    `plk_a.b.c.${secret}`,
  ])('that were never ours are none: %j', (text) => expect(readKey(text)).toBeNull());

  it('hold until they are revoked or their time is over', () => {
    const now = new Date('2026-11-23T12:00:00Z');
    const later = new Date('2026-11-23T12:00:01Z');
    expect(isGood({ expiresAt: null, revokedAt: null }, now)).toBe(true);
    expect(isGood({ expiresAt: later, revokedAt: null }, now)).toBe(true);
    expect(isGood({ expiresAt: now, revokedAt: null }, now)).toBe(false);
    expect(isGood({ expiresAt: later, revokedAt: now }, now)).toBe(false);
  });

  it('get another secret for an hour, while nobody used them', () => {
    const createdAt = new Date('2026-11-23T12:00:00Z');
    const soon = new Date('2026-11-23T12:59:59Z');
    const key = { createdAt, lastUsedAt: null, expiresAt: null, revokedAt: null };
    expect(canTellAgain(key, soon)).toBe(true);
    expect(canTellAgain(key, new Date('2026-11-23T13:00:00Z'))).toBe(false);
    expect(canTellAgain({ ...key, lastUsedAt: createdAt }, soon)).toBe(false);
    expect(canTellAgain({ ...key, revokedAt: createdAt }, soon)).toBe(false);
  });
});
