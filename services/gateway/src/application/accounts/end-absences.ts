import { Injectable } from '@nestjs/common';
import { Clock } from '@partyline/kernel';
import { Accounts } from './accounts.js';

/**
 * Makes available again who said until when they are away. The moment stands with the user, so that whoever looks next
 * finds it; looked at again inside of the change, it ends no absence that was prolonged meanwhile.
 */
@Injectable()
export class EndAbsences {
  constructor(
    private readonly accounts: Accounts,
    private readonly clock: Clock,
  ) {}

  /** Gives how many are back. */
  async execute(): Promise<number> {
    const now = this.clock.now().toISOString();
    let back = 0;
    for (const { tenantId, id } of await this.accounts.dueBack(now)) {
      const ended = await this.accounts.change(tenantId, async (change) => {
        const user = await change.user(id);
        if (!user?.awayUntil || user.awayUntil > now) return false;
        await change.updateUser(id, { availability: 'available', awayUntil: null });
        return true;
      });
      if (ended) back += 1;
    }
    return back;
  }
}
