import type { AuditItem, auditQuery, explainBody, Route, traceAnswer } from '@partyline/contracts';
import type { z } from 'zod';
import { path, query } from '../path.js';
import type { Call, Page } from '../request.js';

export const reviewCalls = (call: Call) => ({
  /** Where a text would go, and why, without sending one. */
  explain: (body: z.input<typeof explainBody>) => call<Route>('POST', '/admin/routing/explain', { body }),
  /** What became of one text of a customer. */
  trace: (messageId: string) =>
    call<z.infer<typeof traceAnswer>>('GET', path`/admin/messages/${messageId}/trace`),
  audit: (filter: Partial<z.infer<typeof auditQuery>> = {}) =>
    call<Page<AuditItem>>('GET', `/admin/audit${query(filter)}`),
});
