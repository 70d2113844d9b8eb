import { Injectable } from '@nestjs/common';
import type { DirectoryKind, Refusal } from '@partyline/contracts';
import { fail, ok, type Result } from '@partyline/kernel';
import { ChangeDirectory } from './change-directory.js';
import { viewRecord, type DirectoryView } from './directory-view.js';

/** Fields that are not given stay. With a `revision` it is refused when somebody else was faster. */
@Injectable()
export class UpdateRecord {
  constructor(private readonly changeDirectory: ChangeDirectory) {}

  async execute(
    tenantId: string,
    kind: DirectoryKind,
    id: string,
    record: Readonly<Record<string, unknown>>,
  ): Promise<Result<DirectoryView, Refusal>> {
    const changed = await this.changeDirectory.execute(tenantId, { type: 'update', kind, id, record });
    return changed.ok ? ok(viewRecord(changed.value, kind, id) ?? {}) : fail(changed.error);
  }
}
