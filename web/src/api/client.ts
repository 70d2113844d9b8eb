import { createClient } from '@partyline/client';
import { session } from './session.js';
import { API } from './url.js';

/** The API as the signed-in person uses it; an expired token is renewed once. */
export const api = createClient({
  url: API,
  token: async () => {
    await session.ensureFresh();
    return session.accessToken;
  },
  renew: () => session.renew(),
});

/** Items of a page. */
export const PAGE = 50;
