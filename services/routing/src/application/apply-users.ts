import { Injectable } from '@nestjs/common';
import { failpoint, ok } from '@partyline/kernel';
import { planWrites } from '../domain/plan-writes.js';
import { Directories } from './directories.js';
import { DirectoryStore } from './directory-store.js';
import { PeopleStore, type PersonChange } from './people-store.js';
import { PublishDirectory } from './publish-directory.js';

/** Users changed: their own inboxes carry their names, and the Admins among them are the members of Unrouted. */
@Injectable()
export class ApplyUsers {
  constructor(
    private readonly people: PeopleStore,
    private readonly store: DirectoryStore,
    private readonly directories: Directories,
    private readonly publishDirectory: PublishDirectory,
  ) {}

  async execute(changes: readonly PersonChange[]): Promise<void> {
    await this.people.apply(changes);
    failpoint('routing.users-applied');
    for (const tenantId of new Set(changes.map((change) => change.tenantId))) {
      const settled = await this.store.change(tenantId, (stored) => ok(planWrites(stored, stored.directory)));
      if (settled.ok) this.directories.hold(tenantId, settled.value);
    }
    await this.publishDirectory.execute();
  }
}
