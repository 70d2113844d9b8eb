import type { DirectoryKind } from '@partyline/contracts';
import { revisionKey, type StoredDirectory } from '../domain/plan-writes.js';

/** A record as the Admin's client sees it: with the revision to send back, and a number's inbox. */
export type DirectoryView = Record<string, unknown>;

export function viewRecord(stored: StoredDirectory, kind: DirectoryKind, id: string): DirectoryView | null {
  const record = stored.directory[kind].get(id);
  if (!record) return null;
  const revision = stored.revisions.get(revisionKey(kind, id)) ?? 0;
  const inbox = kind === 'numbers' ? { inboxId: stored.numberInboxes.get(id) ?? null } : {};
  return { ...record, ...inbox, revision };
}
