import { Injectable } from '@nestjs/common';
import { Clock, newId } from '@partyline/kernel';
import { decideWakeDue } from '../../domain/decide/snoozing.js';
import { ConversationList } from '../conversation-list.js';
import { DirectoryStore } from '../directory-store.js';
import { SYSTEM } from '../landing/system-actor.js';
import { ConversationLog } from '../log/conversation-log.js';

/** Conversations woken at once. */
const PORTION = 200;

/**
 * Brings back what was snoozed until now. No timer is kept anywhere: the moment stands in the log and in the lists, so
 * whoever looks next finds what a crash left asleep, and the log takes each waking once.
 */
@Injectable()
export class WakeSnoozed {
  constructor(
    private readonly log: ConversationLog,
    private readonly list: ConversationList,
    private readonly directories: DirectoryStore,
    private readonly clock: Clock,
  ) {}

  /** Gives how many woke. */
  async execute(): Promise<number> {
    let woken = 0;
    for (const tenantId of await this.directories.tenants()) woken += await this.of(tenantId);
    return woken;
  }

  private async of(tenantId: string): Promise<number> {
    const now = this.clock.now().toISOString();
    let woken = 0;
    let appended: number;
    do {
      const due = await this.list.dueToWake(tenantId, now, PORTION);
      const outcomes = await this.log.appendMany(
        due.map((conversationId) => ({
          ref: { tenantId, conversationId },
          actor: SYSTEM,
          at: now,
          origin: { correlationId: newId('co') },
          decide: (state) => decideWakeDue(state, { type: 'wake-due', now }),
        })),
      );
      appended = outcomes.filter(({ kind }) => kind === 'appended').length;
      woken += appended;
    } while (appended === PORTION);
    return woken;
  }
}
