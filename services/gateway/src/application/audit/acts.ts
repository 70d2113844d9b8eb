import type { ActType } from '@partyline/contracts';
import type { Act, ActEnd, EndedAct } from '../../domain/act.js';

export interface ActsQuery {
  readonly tenantId: string;
  readonly actorId?: string | undefined;
  readonly type?: ActType | undefined;
  /** ISO 8601, both inclusive. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

export interface ActsPage {
  readonly items: readonly { readonly act: EndedAct; readonly position: string }[];
  readonly nextCursor: string | null;
}

/** What people set out to do, and what became of it. */
export abstract class Acts {
  /** Resolves when it is durable: nothing is done before. */
  abstract begin(act: Act): Promise<void>;
  abstract end(tenantId: string, id: string, end: ActEnd, at: string): Promise<void>;
  /** Newest first. Throws Refused (VALIDATION) where the cursor is none of ours. */
  abstract list(query: ActsQuery): Promise<ActsPage>;
}
