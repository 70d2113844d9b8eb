import { Injectable } from '@nestjs/common';
import { ok } from '@partyline/kernel';
import { UNROUTED_INBOX } from '../domain/inbox-ids.js';
import { planWrites } from '../domain/plan-writes.js';
import { DirectoryStore, type VersionedDirectory } from './directory-store.js';

/** The directories of the tenants that text, in memory: deciding about a text reads nothing from the database. */
@Injectable()
export class Directories {
  private readonly held = new Map<string, VersionedDirectory>();
  private readonly loading = new Map<string, Promise<VersionedDirectory>>();

  constructor(private readonly store: DirectoryStore) {}

  async get(tenantId: string): Promise<VersionedDirectory> {
    return this.held.get(tenantId) ?? this.load(tenantId);
  }

  /** Takes a newer state; an older one (two replicas change, answers overtake each other) is ignored. */
  hold(tenantId: string, directory: VersionedDirectory): void {
    if ((this.held.get(tenantId)?.version ?? -1) <= directory.version) this.held.set(tenantId, directory);
  }

  /** Loads again what another replica has changed. */
  async refresh(): Promise<void> {
    const tenants = [...this.held.keys()];
    if (tenants.length === 0) return;
    const versions = await this.store.versions(tenants);
    for (const tenantId of tenants) {
      if ((versions.get(tenantId) ?? 0) > (this.held.get(tenantId)?.version ?? 0)) await this.load(tenantId);
    }
  }

  private load(tenantId: string): Promise<VersionedDirectory> {
    const begun = this.loading.get(tenantId);
    if (begun) return begun;
    const loading = this.read(tenantId).finally(() => this.loading.delete(tenantId));
    this.loading.set(tenantId, loading);
    return loading;
  }

  private async read(tenantId: string): Promise<VersionedDirectory> {
    const stored = await this.store.load(tenantId);
    const directory = stored.directory.inboxes.has(UNROUTED_INBOX) ? stored : await this.begin(tenantId);
    this.hold(tenantId, directory);
    return directory;
  }

  /** A tenant's first text or user: from now on it has an inbox for what has no route. */
  private async begin(tenantId: string): Promise<VersionedDirectory> {
    const begun = await this.store.change(tenantId, (stored) => ok(planWrites(stored, stored.directory)));
    if (!begun.ok) throw new Error(begun.error.message);
    return begun.value;
  }
}
