import { expect, it } from '@jest/globals';
import { momentOf } from './moment.js';

it('another time has to be one that is yet to come', () => {
  const now = new Date(2026, 10, 25, 10);
  expect(momentOf('2026-11-25T10:30', now)).toBe(new Date(2026, 10, 25, 10, 30).toISOString());
  expect(momentOf('2026-11-25T09:30', now)).toBeNull();
  expect(momentOf('', now)).toBeNull();
});
