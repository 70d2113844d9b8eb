import type { ExportFile, ExportFilter, Page } from '@partyline/client';
import type { AuditItem } from '@partyline/contracts';
import { api, PAGE } from '../api/client.js';
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

/** The filter as the API takes it: days become moments, the last one to its end. */
function auditQuery({ fromDay, toDay, ...rest }: AuditFilter): ExportFilter {
  const given = {
    ...rest,
    from: fromDay === '' ? '' : new Date(`${fromDay}T00:00:00.000`).toISOString(),
    to: toDay === '' ? '' : new Date(`${toDay}T23:59:59.999`).toISOString(),
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''));
}

export function auditPage(filter: AuditFilter, cursor: string | null): Promise<Page<AuditItem>> {
  return api.admin.audit({ ...auditQuery(filter), limit: PAGE, ...(cursor === null ? {} : { cursor }) });
}

/** The browser takes it to a file by itself, however long it is; it shows its session by the cookie. */
export async function download(file: ExportFile, filter: AuditFilter): Promise<void> {
  await session.ensureFresh();
  const { type, ...both } = auditQuery(filter);
  const isAudit = file.startsWith('audit');
  const link = document.createElement('a');
  link.href = api.exports.url(file, isAudit && type !== undefined ? { ...both, type } : both);
  link.download = `partyline-${file}`;
  link.click();
}
