import type { InboxDefinition } from '@partyline/contracts';
import type { NumberRecord } from '../domain/directory.js';

interface Unpublished {
  readonly tenantId: string;
  readonly id: string;
  readonly revision: number;
  readonly removed: boolean;
  /** There where others may have been told of this revision before, and are to hear it all the same. */
  readonly again?: string;
}
/** A record that other services have not been told of in this revision. */
export type UnpublishedRecord = Unpublished &
  (
    | { readonly kind: 'inboxes'; readonly record: InboxDefinition }
    | { readonly kind: 'numbers'; readonly record: NumberRecord; readonly inboxId: string | null }
  );

export abstract class DirectoryOutbox {
  /** Inboxes before numbers, which name them. */
  abstract unpublished(limit: number): Promise<UnpublishedRecord[]>;
  /** Marks these revisions; a record that has changed since stays unpublished. */
  abstract markPublished(records: readonly UnpublishedRecord[]): Promise<void>;
  /** Everything has to be told again; `again` tells this time from others. */
  abstract markAllUnpublished(again: string): Promise<void>;
}
