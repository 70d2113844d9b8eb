import type { QuietHoursSettings } from '@partyline/contracts';
import type { Call } from '../request.js';

export const quietHoursCalls = (call: Call) => ({
  get: () => call<QuietHoursSettings>('GET', '/admin/quiet-hours'),
  change: (body: QuietHoursSettings) => call<QuietHoursSettings>('PUT', '/admin/quiet-hours', { body }),
});
