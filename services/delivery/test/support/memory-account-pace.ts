import type { Clock } from '@partyline/kernel';
import { AccountPace, type PacedAccount } from '../../src/application/account-pace.js';

/** The pace of accounts of one process, by a clock that tests set. */
export class MemoryAccountPace extends AccountPace {
  private readonly free = new Map<string, number>();
  private readonly heldUntil = new Map<string, number>();

  constructor(private readonly clock: Clock) {
    super();
  }

  override take({ accountId }: PacedAccount, perSecond: number): Promise<number> {
    const now = this.now();
    const turn = Math.max(now, this.free.get(accountId) ?? 0, this.heldUntil.get(accountId) ?? 0);
    this.free.set(accountId, turn + 1000 / perSecond);
    return Promise.resolve(Math.ceil(turn - now));
  }

  override heldFor({ accountId }: PacedAccount): Promise<number> {
    return Promise.resolve(Math.max(0, (this.heldUntil.get(accountId) ?? 0) - this.now()));
  }

  override holdOff({ accountId }: PacedAccount, ms: number): Promise<void> {
    this.heldUntil.set(accountId, Math.max(this.heldUntil.get(accountId) ?? 0, this.now() + ms));
    return Promise.resolve();
  }

  private now(): number {
    return this.clock.now().getTime();
  }
}
