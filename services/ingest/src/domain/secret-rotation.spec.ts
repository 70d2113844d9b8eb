import { describe, expect, it } from '@jest/globals';
import type { Account } from './account.js';
import { unexpired } from './secret-rotation.js';

const account = (expiries?: Record<string, Date>): Account => ({
  id: 'a',
  tenantId: 'demo',
  carrier: 'twilio',
  name: 'A',
  publicUrl: 'https://texts.example.com/',
  settings: {},
  sealed: { authToken: 'new', previousAuthToken: 'old' },
  active: true,
  ...(expiries && { expiries }),
});
const at = new Date('2026-11-24T12:00:00Z');
const previous = (iso: string) => account({ previousAuthToken: new Date(iso) });

describe('the secrets that count', () => {
  it.each<[string, Account, string[]]>([
    ['all of an account from before secrets could expire', account(), ['authToken', 'previousAuthToken']],
    ['one until it expires', previous('2026-11-24T12:00:00.001Z'), ['authToken', 'previousAuthToken']],
    ['none at the moment it expires', previous('2026-11-24T12:00:00Z'), ['authToken']],
  ])('%s', (_case, given, names) => {
    expect(Object.keys(unexpired(given, at))).toEqual(names);
  });
});
