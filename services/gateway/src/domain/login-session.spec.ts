import { describe, expect, it } from '@jest/globals';
import { decideRefresh, GRACE_MS, SESSION_MS, type LoginSession } from './login-session.js';

const rotatedAt = new Date('2026-11-23T12:00:00.000Z');
const session: LoginSession = {
  tenantId: 't',
  id: 's',
  userId: 'u',
  generation: 5,
  rotatedAt,
  expiresAt: new Date(rotatedAt.getTime() + SESSION_MS),
  revokedAt: null,
};
const after = (ms: number): Date => new Date(rotatedAt.getTime() + ms);

describe('refreshing a session', () => {
  it.each([
    ['the newest token', session, 5, 600_000, { kind: 'rotate' }],
    ['the one before, at once (two tabs)', session, 4, 0, { kind: 'repeat' }],
    ['the one before, at the end of the grace', session, 4, GRACE_MS, { kind: 'repeat' }],
    ['the one before, after the grace', session, 4, GRACE_MS + 1, { kind: 'reused' }],
    ['an older one, even at once', session, 3, 0, { kind: 'reused' }],
    ['one from the future', session, 6, 0, { kind: 'refuse', reason: 'unknown-generation' }],
    ['the last millisecond', session, 5, SESSION_MS - 1, { kind: 'rotate' }],
    ['after 30 days, however fresh', session, 5, SESSION_MS, { kind: 'refuse', reason: 'expired' }],
    ['a revoked one', { ...session, revokedAt: rotatedAt }, 5, 1, { kind: 'refuse', reason: 'revoked' }],
  ])('%s', (_label, state, presented, ms, expected) => {
    expect(decideRefresh(state, presented, after(ms))).toEqual(expected);
  });
});
