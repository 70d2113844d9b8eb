import type { AuditItem } from '@partyline/contracts';
import { call, PAGE, type Page } from '../api/client.js';
import { API } from '../api/send.js';
import { session } from '../api/session.js';

/** What is asked of the trail; '' where everything is. Days are `2026-11-23` as the reader's calendar has them. */
export interface AuditFilter {
  readonly userId: string;
  readonly inboxId: string;
  readonly type: string;
  readonly fromDay: string;
  readonly toDay: string;
}
export const EVERYTHING: AuditFilter = { userId: '', inboxId: '', type: '', fromDay: '', toDay: '' };

export const EXPORTS = ['audit.csv', 'audit.ndjson', 'conversations.csv', 'conversations.ndjson'] as const;
export type ExportFile = (typeof EXPORTS)[number];

/** The filter as the API takes it: days become moments, the last one to its end. */
export function auditParams({ fromDay, toDay, ...rest }: AuditFilter): URLSearchParams {
  const given = {
    ...rest,
    from: fromDay === '' ? '' : new Date(`${fromDay}T00:00:00.000`).toISOString(),
    to: toDay === '' ? '' : new Date(`${toDay}T23:59:59.999`).toISOString(),
  };
  return new URLSearchParams(Object.entries(given).filter(([, value]) => value !== ''));
}

export function auditPage(filter: AuditFilter, cursor: string | null): Promise<Page<AuditItem>> {
  const params = auditParams(filter);
  params.set('limit', String(PAGE));
  if (cursor !== null) params.set('cursor', cursor);
  return call('GET', `/admin/audit?${params}`);
}

/** The browser takes it to a file by itself, however long it is; it shows its session by the cookie. */
export async function download(file: ExportFile, filter: AuditFilter): Promise<void> {
  await session.ensureFresh();
  const params = auditParams(filter);
  if (file.startsWith('conversations')) params.delete('type');
  const link = document.createElement('a');
  link.href = `${API}/exports/${file}?${params}`;
  link.download = `partyline-${file}`;
  link.click();
}
