import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SecretBox } from './sealed-secrets.js';

const key = randomBytes(32).toString('base64');

describe('SecretBox', () => {
  it('opens what it sealed, for the same account and name', () => {
    const box = new SecretBox(key);
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string({ unit: 'grapheme' }), (account, name, secret) => {
        const sealed = box.seal(account, name, secret);
        expect(box.open(account, name, sealed)).toBe(secret);
        expect(box.seal(account, name, secret)).not.toBe(sealed);
      }),
    );
  });

  it('opens nowhere else, not with another key, and not after a change', () => {
    const box = new SecretBox(key);
    const sealed = box.seal('a', 'authToken', 'hush-hush');
    expect(() => box.open('b', 'authToken', sealed)).toThrow(/cannot be opened/);
    expect(() => box.open('a', 'other', sealed)).toThrow(/cannot be opened/);
    expect(() => new SecretBox(randomBytes(32).toString('base64')).open('a', 'authToken', sealed)).toThrow(
      /another PARTYLINE_SECRETS_KEY/,
    );
    const bytes = Buffer.from(sealed, 'base64');
    for (let index = 0; index < bytes.length; index += 1) {
      const changed = Buffer.from(bytes);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(() => box.open('a', 'authToken', changed.toString('base64'))).toThrow(/cannot be opened/);
    }
    expect(() => box.open('a', 'authToken', '')).toThrow(/cannot be opened/);
  });

  it('never says the secret and wants a whole key', () => {
    expect(new SecretBox(key).seal('a', 'n', 'hush-hush')).not.toContain('hush');
    expect(JSON.stringify(new SecretBox(key))).toBe('{}');
    expect(() => new SecretBox('')).toThrow(/must be 32 bytes in base64/);
  });
});
