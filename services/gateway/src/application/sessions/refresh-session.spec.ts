import { beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { FixedClock } from '@partyline/testing';
import { GRACE_MS, SESSION_MS, type LoginSession } from '../../domain/login-session.js';
import { OpenSession, type Grant } from './open-session.js';
import { Principals } from './principals.js';
import { RefreshSession } from './refresh-session.js';
import { Sessions } from './sessions.js';
import { AccessTokens, RefreshTokens, type AccessClaims, type RefreshClaims } from './tokens.js';

Logger.overrideLogger(false);

class MemorySessions extends Sessions {
  readonly kept = new Map<string, LoginSession>();
  create(session: LoginSession): Promise<void> {
    this.kept.set(session.id, session);
    return Promise.resolve();
  }
  find(_tenantId: string, id: string): Promise<LoginSession | null> {
    return Promise.resolve(this.kept.get(id) ?? null);
  }
  advance(_tenantId: string, id: string, from: number, now: Date): Promise<boolean> {
    const session = this.kept.get(id);
    if (session?.generation !== from || session.revokedAt) return Promise.resolve(false);
    this.kept.set(id, { ...session, generation: from + 1, rotatedAt: now });
    return Promise.resolve(true);
  }
  revoke(_tenantId: string, id: string, _reason: string, now: Date): Promise<void> {
    const session = this.kept.get(id);
    if (session) this.kept.set(id, { ...session, revokedAt: now });
    return Promise.resolve();
  }
}

class PlainAccessTokens extends AccessTokens {
  readonly lifetime = 600;
  issue({ userId, sessionId }: AccessClaims): Promise<string> {
    return Promise.resolve(`access ${userId} ${sessionId}`);
  }
}

class PlainRefreshTokens extends RefreshTokens {
  issue({ tenantId, sessionId, generation }: RefreshClaims): string {
    return `${tenantId}/${sessionId}/${generation}`;
  }
  read(token: string): RefreshClaims | null {
    const [tenantId, sessionId, generation] = token.split('/');
    if (tenantId === undefined || sessionId === undefined || generation === undefined) return null;
    return { tenantId, sessionId, generation: Number(generation) };
  }
}

class OneUser extends Principals {
  active = true;
  find({ tenantId, userId, sessionId }: AccessClaims): ReturnType<Principals['find']> {
    return Promise.resolve(
      this.active ? { tenantId, userId, sessionId, name: 'Ada', permissions: [] } : null,
    );
  }
  forgetUser(): void {
    this.active = false;
  }
  forgetTenant(): void {}
  forgetSession(): void {}
}

describe('refreshing a session', () => {
  let clock: FixedClock;
  let sessions: MemorySessions;
  let principals: OneUser;
  let refresh: (token: string) => Promise<Grant>;
  let first: Grant;

  beforeEach(async () => {
    clock = new FixedClock();
    sessions = new MemorySessions();
    principals = new OneUser();
    const [access, tokens] = [new PlainAccessTokens(), new PlainRefreshTokens()];
    const useCase = new RefreshSession(sessions, principals, access, tokens, clock);
    refresh = (token) => useCase.execute(token);
    first = await new OpenSession(sessions, access, tokens, clock).execute({ tenantId: 't', userId: 'ada' });
  });

  const ended = { refusal: { code: 'UNAUTHENTICATED' } };

  it('gives another token each time, and keeps the day on which it ends', async () => {
    clock.advance(600_000);
    const second = await refresh(first.refreshToken);
    clock.advance(600_000);
    const third = await refresh(second.refreshToken);
    expect(new Set([first, second, third].map(({ refreshToken }) => refreshToken)).size).toBe(3);
    expect(third.sessionExpiresAt).toEqual(first.sessionExpiresAt);
  });

  it('gives two tabs that ask at once the same next token', async () => {
    const [one, two] = await Promise.all([refresh(first.refreshToken), refresh(first.refreshToken)]);
    expect(one.refreshToken).toBe(two.refreshToken);
    await expect(refresh(one.refreshToken)).resolves.toMatchObject({ userId: 'ada' });
  });

  it('gives a client whose answer got lost the same again, for a while', async () => {
    const lost = await refresh(first.refreshToken);
    clock.advance(GRACE_MS);
    await expect(refresh(first.refreshToken)).resolves.toEqual(lost);
  });

  it('ends everything when an old token comes back later', async () => {
    const second = await refresh(first.refreshToken);
    clock.advance(GRACE_MS + 1);
    await expect(refresh(first.refreshToken)).rejects.toMatchObject(ended);
    await expect(refresh(second.refreshToken)).rejects.toMatchObject(ended);
  });

  it('ends after 30 days, however fresh the token', async () => {
    clock.advance(SESSION_MS - 1);
    const last = await refresh(first.refreshToken);
    clock.advance(1);
    await expect(refresh(last.refreshToken)).rejects.toMatchObject(ended);
  });

  it('is refused to a user who was disabled, and for what is no token', async () => {
    principals.forgetUser();
    await expect(refresh(first.refreshToken)).rejects.toMatchObject(ended);
    await expect(refresh('nonsense')).rejects.toMatchObject(ended);
  });
});
