import type { Refusal } from '@partyline/contracts';
import type { Result } from '@partyline/kernel';
import type { DirectoryWrite, StoredDirectory } from '../domain/plan-writes.js';

/** A directory with the number of its state: it grows with every change of the tenant's directory. */
export interface VersionedDirectory extends StoredDirectory {
  readonly version: number;
}

/** Where the directories of all tenants are kept. */
export abstract class DirectoryStore {
  /** One consistent picture; an empty one for a tenant never heard of. */
  abstract load(tenantId: string): Promise<VersionedDirectory>;

  /**
   * Reads, lets `decide` say what to write, and writes it: all or nothing, one change of a tenant at a time. `decide`
   * may be asked again and has no effects of its own. Answers the directory as it is after the change.
   */
  abstract change(
    tenantId: string,
    decide: (stored: StoredDirectory) => Result<readonly DirectoryWrite[], Refusal>,
  ): Promise<Result<VersionedDirectory, Refusal>>;

  /** The versions of those tenants that have a directory. Cheap: asked all the time. */
  abstract versions(tenantIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
}
