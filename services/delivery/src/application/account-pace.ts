import type { Attempt } from '../domain/attempt.js';

export type PacedAccount = Pick<Attempt, 'tenantId' | 'carrier' | 'accountId'>;

/**
 * How fast texts leave by each carrier account: evenly, as many a second as the account may send, however many replicas
 * send them.
 */
export abstract class AccountPace {
  /** Takes the next free turn of the account; milliseconds until then, 0: now. A turn that nobody uses is lost. */
  abstract take(account: PacedAccount, perSecond: number): Promise<number>;
  /** For how many milliseconds more the carrier, which asked to slow down, gets nothing by this account. */
  abstract heldFor(account: PacedAccount): Promise<number>;
  /** The carrier asked to slow down: nothing leaves by this account for so long, milliseconds. */
  abstract holdOff(account: PacedAccount, ms: number): Promise<void>;
}
