import { Injectable } from '@nestjs/common';
import type { Refusal } from '@partyline/contracts';
import { fail, failpoint, ok, type Result } from '@partyline/kernel';
import { editDirectory, type DirectoryEdit } from '../domain/edit-directory.js';
import { planWrites, revisionKey } from '../domain/plan-writes.js';
import { Directories } from './directories.js';
import { DirectoryStore, type VersionedDirectory } from './directory-store.js';
import { PublishDirectory } from './publish-directory.js';

/** The way of every Admin's change: decide, store with the inboxes that follow, hold in memory, tell the others. */
@Injectable()
export class ChangeDirectory {
  constructor(
    private readonly store: DirectoryStore,
    private readonly directories: Directories,
    private readonly publishDirectory: PublishDirectory,
  ) {}

  async execute(tenantId: string, edit: DirectoryEdit): Promise<Result<VersionedDirectory, Refusal>> {
    const changed = await this.store.change(tenantId, (stored) => {
      const revisionOf = (kind: DirectoryEdit['kind'], id: string): number =>
        stored.revisions.get(revisionKey(kind, id)) ?? 0;
      const edited = editDirectory(stored.directory, revisionOf, edit);
      return edited.ok ? ok(planWrites(stored, edited.value.directory)) : fail(edited.error);
    });
    if (changed.ok) {
      failpoint('routing.directory-changed');
      this.directories.hold(tenantId, changed.value);
      await this.publishDirectory.execute();
    }
    return changed;
  }
}
