import { Injectable } from '@nestjs/common';
import type { DirectoryKind, Refusal } from '@partyline/contracts';
import { fail, ok, type Result } from '@partyline/kernel';
import { ChangeDirectory } from './change-directory.js';

@Injectable()
export class RemoveRecord {
  constructor(private readonly changeDirectory: ChangeDirectory) {}

  async execute(tenantId: string, kind: DirectoryKind, id: string): Promise<Result<{ id: string }, Refusal>> {
    const changed = await this.changeDirectory.execute(tenantId, { type: 'remove', kind, id });
    return changed.ok ? ok({ id }) : fail(changed.error);
  }
}
