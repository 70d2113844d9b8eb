import { describe, expect, it } from '@jest/globals';
import { HmacDeviceTokens } from './hmac.device-tokens.js';
import { HmacRefreshTokens } from './hmac.refresh-tokens.js';

const secret = 'a secret that is longer than thirty-two bytes';
const claims = { tenantId: 'demo', sessionId: 'ls_1', generation: 7 };

describe('refresh tokens', () => {
  const tokens = new HmacRefreshTokens(secret);

  it('read back what they were made of, and are the same for the same', () => {
    expect(tokens.read(tokens.issue(claims))).toEqual(claims);
    expect(tokens.issue(claims)).toBe(tokens.issue(claims));
  });

  it('are refused when any part was changed', () => {
    const token = tokens.issue(claims);
    expect(tokens.read(token.replace('.7.', '.8.'))).toBeNull();
    expect(tokens.read(token.replace('demo', 'other'))).toBeNull();
    expect(tokens.read(`${token}x`)).toBeNull();
    expect(tokens.read(token.slice(0, token.lastIndexOf('.')))).toBeNull();
    expect(tokens.read('')).toBeNull();
  });

  it('of another secret, or made for another purpose, are refused', () => {
    expect(new HmacRefreshTokens(`${secret}!`).read(tokens.issue(claims))).toBeNull();
    expect(tokens.read(new HmacDeviceTokens(secret).issue('a@example.com'))).toBeNull();
  });
});

describe('device tokens', () => {
  const devices = new HmacDeviceTokens(secret);

  it('are good for their own account only', () => {
    const token = devices.issue('ada@example.com');
    expect(devices.read(token, 'ada@example.com')).toMatch(/^dv_/);
    expect(devices.read(token, 'ben@example.com')).toBeNull();
    expect(devices.read(undefined, 'ada@example.com')).toBeNull();
  });
});
