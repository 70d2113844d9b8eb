import { Injectable } from '@nestjs/common';
import { ok } from '@partyline/kernel';
import { DEMO_DIRECTORY } from '../domain/demo-directory.js';
import { planWrites, type StoredDirectory } from '../domain/plan-writes.js';
import { Directories } from './directories.js';
import { DirectoryStore } from './directory-store.js';

const DEMO_TENANT = 'demo';

/** Gives the demo tenant its numbers, once: what an Admin has removed does not come back. */
@Injectable()
export class SeedDemo {
  constructor(
    private readonly store: DirectoryStore,
    private readonly directories: Directories,
  ) {}

  async execute(): Promise<void> {
    const seeded = await this.store.change(DEMO_TENANT, (stored) =>
      ok(
        hasRecords(stored) ? [] : planWrites(stored, { ...DEMO_DIRECTORY, people: stored.directory.people }),
      ),
    );
    if (seeded.ok) this.directories.hold(DEMO_TENANT, seeded.value);
  }
}

/** Inboxes come by themselves with the first user; anything else somebody made, even if it is removed by now. */
const hasRecords = ({ revisions }: StoredDirectory): boolean =>
  [...revisions.keys()].some((key) => !key.startsWith('inboxes/'));
