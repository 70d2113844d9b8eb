import type { AccountRef } from '../domain/account.js';
import type { OpenText } from '../domain/open-texts.js';

/** How the bind of an account is, for its Admin. */
export interface BindFacts {
  readonly bound: boolean;
  /** Since when it is so. */
  readonly since: Date;
  /** Why it did not stand the last time that it did not. */
  readonly problem: string | null;
  readonly problemAt: Date | null;
}

/** What has to be known of a bind by whoever holds it next, and by Admins. */
export abstract class BindStore {
  /** What the holders before left open, and which texts the last of them stored after it had noted that. */
  abstract leftOpen(account: AccountRef): Promise<{
    readonly open: readonly OpenText[];
    readonly unnoted: readonly { readonly id: string; readonly frame: Uint8Array }[];
  }>;
  /** Durable when it resolves: from here on what is stored counts as of this epoch. */
  abstract begin(account: AccountRef, epoch: string, open: readonly OpenText[]): Promise<void>;
  /** Does nothing where another epoch has begun. */
  abstract note(
    account: AccountRef,
    epoch: string,
    left: { readonly through: number; readonly open: readonly OpenText[] },
  ): Promise<void>;
  abstract tell(account: AccountRef, bound: boolean, problem: string | null, at: Date): Promise<void>;
  abstract facts(tenantId: string, accountId: string): Promise<BindFacts | null>;
  abstract forget(tenantId: string, accountId: string): Promise<void>;
}
