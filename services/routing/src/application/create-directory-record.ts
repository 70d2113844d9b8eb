import { Injectable } from '@nestjs/common';
import type { DirectoryKind, Refusal } from '@partyline/contracts';
import { fail, newId, ok, type Result } from '@partyline/kernel';
import { ChangeDirectory } from './change-directory.js';
import { viewRecord, type DirectoryView } from './directory-view.js';

const ID_PREFIX: Readonly<Record<DirectoryKind, string>> = {
  numbers: 'nu',
  departments: 'dp',
  'ring-groups': 'rg',
  'welcome-menus': 'wm',
  schedules: 'sc',
  inboxes: 'ib',
};

/** Without an id the record gets a new one; a number's id is the number itself and has to be given. */
@Injectable()
export class CreateRecord {
  constructor(private readonly changeDirectory: ChangeDirectory) {}

  async execute(
    tenantId: string,
    kind: DirectoryKind,
    record: Readonly<Record<string, unknown>>,
  ): Promise<Result<DirectoryView, Refusal>> {
    const given = record['id'];
    const id =
      typeof given === 'string' && given !== '' ? given : kind === 'numbers' ? '' : newId(ID_PREFIX[kind]);
    const changed = await this.changeDirectory.execute(tenantId, {
      type: 'create',
      kind,
      record: { ...record, id },
    });
    return changed.ok ? ok(viewRecord(changed.value, kind, id) ?? {}) : fail(changed.error);
  }
}
