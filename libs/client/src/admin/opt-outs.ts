import type {
  consentPageSchema,
  ConsentResult,
  consentsBody,
  ConsentSettings,
  ConsentSettingsChange,
  optOutsQuery,
} from '@partyline/contracts';
import type { z } from 'zod';
import { query } from '../path.js';
import type { Call } from '../request.js';

export const optOutsCalls = (call: Call) => ({
  list: (filter: Partial<z.infer<typeof optOutsQuery>> = {}) =>
    call<z.infer<typeof consentPageSchema>>('GET', `/admin/opt-outs${query(filter)}`),
  /** At most 50 items; the same again changes nothing. */
  set: (body: z.input<typeof consentsBody>) => call<ConsentResult[]>('POST', '/admin/opt-outs', { body }),
  settings: () => call<ConsentSettings>('GET', '/admin/consent-settings'),
  changeSettings: (body: ConsentSettingsChange) =>
    call<ConsentSettings>('PUT', '/admin/consent-settings', { body }),
});
