import type {
  changeMeBody,
  Me,
  Notification,
  passwordBody,
  preferencesSchema,
  pushSubscriptionSchema,
} from '@partyline/contracts';
import type { z } from 'zod';
import { query } from './path.js';
import type { Call } from './request.js';

type Preferences = z.infer<typeof preferencesSchema>;

export const meCalls = (call: Call) => ({
  get: () => call<Me>('GET', '/me'),
  change: (body: z.input<typeof changeMeBody>) => call<Me>('PATCH', '/me', { body }),
  changePassword: (body: z.input<typeof passwordBody>) => call<null>('POST', '/me/password', { body }),
  notifications: (limit?: number) => call<Notification[]>('GET', `/me/notifications${query({ limit })}`),
  addDevice: (body: z.input<typeof pushSubscriptionSchema>) =>
    call<{ id: string }>('POST', '/me/devices', { body }),
  removeDevice: (endpoint: string) =>
    call<{ removed: boolean }>('DELETE', '/me/devices', { body: { endpoint } }),
  preferences: () => call<Preferences>('GET', '/me/preferences'),
  setPreferences: (body: Preferences) => call<Preferences>('PUT', '/me/preferences', { body }),
});
