import { Injectable } from '@nestjs/common';
import { Clock } from '@partyline/kernel';
import { decideRelease } from '../../domain/decide/ownership.js';
import { whyNotOwner } from '../../domain/directory.js';
import { ConversationList } from '../conversation-list.js';
import { DirectoryStore } from '../directory-store.js';
import { SYSTEM } from '../landing/system-actor.js';
import { ConversationLog, type AppendRequest } from '../log/conversation-log.js';

/** Conversations returned at once. */
const PORTION = 200;

/**
 * What belongs to people who left the inbox, were disabled, or may not answer any more goes back to Unassigned. Asked
 * after every change of the directory, and now and then: an assignment may have met the change half way.
 */
@Injectable()
export class ReturnStranded {
  constructor(
    private readonly log: ConversationLog,
    private readonly list: ConversationList,
    private readonly directories: DirectoryStore,
    private readonly clock: Clock,
  ) {}

  /** Gives how many went back. */
  async execute(tenantId: string, correlationId: string): Promise<number> {
    const directory = await this.directories.of(tenantId);
    let returned = 0;
    for (const inbox of directory.inboxes.values()) {
      if (inbox.kind !== 'shared') continue;
      const around = directory.around(inbox);
      for (const ownerId of await this.list.owners(tenantId, inbox.id)) {
        const cause = whyNotOwner(ownerId, around);
        if (cause)
          returned += await this.release({ tenantId, inboxId: inbox.id, ownerId, cause, correlationId });
      }
    }
    return returned;
  }

  private async release(stranded: {
    readonly tenantId: string;
    readonly inboxId: string;
    readonly ownerId: string;
    readonly cause: 'left' | 'disabled' | 'away';
    readonly correlationId: string;
  }): Promise<number> {
    const { tenantId, inboxId, ownerId, cause, correlationId } = stranded;
    const request = (conversationId: string): AppendRequest => ({
      ref: { tenantId, conversationId },
      actor: SYSTEM,
      at: this.clock.now().toISOString(),
      origin: { correlationId },
      decide: (state) => decideRelease(state, { type: 'release', ownerId, cause }),
    });
    let returned = 0;
    let appended: number;
    do {
      const portion = await this.list.ownedBy(tenantId, inboxId, ownerId, PORTION);
      const outcomes = await this.log.appendMany(portion.map(request));
      appended = outcomes.filter(({ kind }) => kind === 'appended').length;
      returned += appended;
    } while (appended === PORTION);
    return returned;
  }

  async everywhere(correlationId: string): Promise<void> {
    for (const tenantId of await this.directories.tenants()) await this.execute(tenantId, correlationId);
  }
}
