import '@fastify/cookie';
import type { CookieSerializeOptions } from '@fastify/cookie';
import type { FastifyReply } from 'fastify';
import type { Grant } from '../../../application/sessions/open-session.js';

export const ACCESS_COOKIE = 'partyline_access';
export const REFRESH_COOKIE = 'partyline_refresh';
export const DEVICE_COOKIE = 'partyline_device';

const ACCESS_PATH = '/api/v1';
const REFRESH_PATH = '/api/v1/auth';
/** Half a year, in seconds; signing in renews it. */
const DEVICE_SECONDS = 15_552_000;

const base = (secure: boolean, path: string): CookieSerializeOptions => ({
  httpOnly: true,
  sameSite: 'strict',
  secure,
  path,
});

export function setSessionCookies(
  reply: FastifyReply,
  grant: Grant,
  { secure, accessSeconds }: { secure: boolean; accessSeconds: number },
): void {
  void reply.setCookie(ACCESS_COOKIE, grant.accessToken, {
    ...base(secure, ACCESS_PATH),
    maxAge: accessSeconds,
  });
  void reply.setCookie(REFRESH_COOKIE, grant.refreshToken, {
    ...base(secure, REFRESH_PATH),
    expires: grant.sessionExpiresAt,
  });
}

export function setDeviceCookie(reply: FastifyReply, token: string, secure: boolean): void {
  void reply.setCookie(DEVICE_COOKIE, token, { ...base(secure, REFRESH_PATH), maxAge: DEVICE_SECONDS });
}

/** The device stays known: who signs out is still who they were. */
export function clearSessionCookies(reply: FastifyReply, secure: boolean): void {
  void reply.clearCookie(ACCESS_COOKIE, base(secure, ACCESS_PATH));
  void reply.clearCookie(REFRESH_COOKIE, base(secure, REFRESH_PATH));
}
