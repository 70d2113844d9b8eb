import type { loginBody, LoginAnswer } from '@partyline/contracts';
import type { z } from 'zod';
import type { Call } from './request.js';

export const authCalls = (call: Call) => ({
  /** What anybody may know before they sign in. */
  options: () => call<{ demo: boolean }>('GET', '/auth/options'),
  signIn: (body: z.input<typeof loginBody>) => call<LoginAnswer>('POST', '/auth/login', { body }),
  /** By the cookie that came with signing in, which changes with each use. */
  refresh: () => call<LoginAnswer>('POST', '/auth/refresh'),
  signOut: () => call<null>('POST', '/auth/logout'),
});
