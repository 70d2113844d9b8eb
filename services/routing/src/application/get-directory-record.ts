import { Injectable } from '@nestjs/common';
import type { DirectoryKind, Refusal } from '@partyline/contracts';
import { fail, ok, type Result } from '@partyline/kernel';
import { viewRecord, type DirectoryView } from './directory-view.js';
import { DirectoryStore } from './directory-store.js';

@Injectable()
export class FindDirectoryRecord {
  constructor(private readonly store: DirectoryStore) {}

  async execute(tenantId: string, kind: DirectoryKind, id: string): Promise<Result<DirectoryView, Refusal>> {
    const view = viewRecord(await this.store.load(tenantId), kind, id);
    return view ? ok(view) : fail({ code: 'NOT_FOUND', message: `There is no "${id}" among the ${kind}.` });
  }
}
