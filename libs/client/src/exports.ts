import { query } from './path.js';

export const EXPORTS = [
  'audit.csv',
  'audit.ndjson',
  'conversations.csv',
  'conversations.ndjson',
  'opt-outs.csv',
] as const;
export type ExportFile = (typeof EXPORTS)[number];

/** Moments in ISO 8601. `type`: of the audit trail only; `status`: of conversations only. */
export interface ExportFilter {
  readonly inboxId?: string;
  readonly userId?: string;
  readonly from?: string;
  readonly to?: string;
  readonly type?: string;
  readonly status?: 'open' | 'done';
}

/** Files of any size: read them as they come, with the same token in the `authorization` header. */
export const exportsCalls = (url: string) => ({
  url: (file: ExportFile, filter: ExportFilter = {}) => `${url}/exports/${file}${query({ ...filter })}`,
});
