import { Injectable } from '@nestjs/common';
import type { DirectoryKind } from '@partyline/contracts';
import { viewRecord, type DirectoryView } from './directory-view.js';
import { DirectoryStore } from './directory-store.js';

/** All records of one kind, by name. Read from the store: an Admin sees their own change on every replica. */
@Injectable()
export class ListDirectoryRecords {
  constructor(private readonly store: DirectoryStore) {}

  async execute(tenantId: string, kind: DirectoryKind): Promise<DirectoryView[]> {
    const stored = await this.store.load(tenantId);
    return [...stored.directory[kind].keys()]
      .map((id) => viewRecord(stored, kind, id))
      .filter((view) => view !== null)
      .sort((a, b) => nameOf(a).localeCompare(nameOf(b), 'en'));
  }
}

const nameOf = (view: DirectoryView): string => String(view['name'] ?? view['id']);
