import type { Prices } from '@partyline/carriers';
import type { Recording } from './recording.js';

/** A carrier account as it is kept: its secrets sealed. */
export interface Account {
  /** Unique over all tenants, because the webhook's URL names nothing else. */
  readonly id: string;
  readonly tenantId: string;
  readonly carrier: string;
  readonly name: string;
  /** The exact URL that the carrier calls and signs. */
  readonly publicUrl: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly sealed: Readonly<Record<string, string>>;
  readonly active: boolean;
  /** Null or absent: not known. */
  readonly prices?: Prices | null;
  /** From when on a sealed secret counts no more, by its name. Absent: accounts from before secrets could expire. */
  readonly expiries?: Readonly<Record<string, Date>>;
  /** Absent: of those from before it was kept. */
  readonly createdAt?: Date;
  /** When each sealed secret got its value; not of those from before it was kept. */
  readonly setAt?: Readonly<Record<string, Date>>;
  /** +1 at every change. Absent: 1, of accounts from before it was counted. */
  readonly revision?: number;
  /** It was saved with something missing, which is possible while it is off only. */
  readonly unfinished?: boolean;
  /** What arrives is recorded, or was last. */
  readonly recording?: Recording;
}

export const revisionOf = ({ revision = 1 }: Account): number => revision;

/** What may be said of an account to whoever must not have its secrets. */
export type AccountRef = Pick<Account, 'id' | 'tenantId' | 'carrier'>;
