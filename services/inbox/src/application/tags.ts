import type { Tag } from '@partyline/contracts';

export type TagSaved = 'saved' | 'name-taken' | 'stale';

/** The tenant's tags. Among those that are not retired, no two have the same name, however it is written. */
export abstract class Tags {
  /** All of them, a few hundred at most, in no order. */
  abstract of(tenantId: string): Promise<Tag[]>;
  abstract find(tenantId: string, id: string): Promise<Tag | null>;
  /** `stale`: there is one with this id. */
  abstract add(tenantId: string, tag: Tag): Promise<TagSaved>;
  /** Puts it in the place of the revision before it. `stale`: that is not there any more. */
  abstract replace(tenantId: string, tag: Tag): Promise<TagSaved>;
}
