import { Injectable } from '@nestjs/common';
import type { AutoAssign } from '@partyline/contracts';
import { Clock, failpoint, newId } from '@partyline/kernel';
import { choose, givable, returnedBy } from '../../domain/auto-assign.js';
import { decideAutoAssign } from '../../domain/decide/ownership.js';
import type { Inbox, Surroundings } from '../../domain/inbox.js';
import { ConversationList, type SectionQuery, type Shown } from '../conversation-list.js';
import { DirectoryStore } from '../directory-store.js';
import { SYSTEM } from '../landing/system-actor.js';
import { ConversationLog, type AppendRequest } from '../log/conversation-log.js';
import { Turns } from '../turns.js';

/** Unassigned conversations looked at in one inbox at once, the longest wait first. */
const PORTION = 100;

interface Given {
  readonly shown: Shown;
  readonly to: string;
}

/**
 * Gives what is in Unassigned to people, where the inbox says so. It looks at what is there instead of waiting for what
 * happens: a text, a return, somebody who comes back or has room again are all found by the next look, and so is what
 * a crash left over. One replica looks at a time, so that nobody is given more than the limit; the log decides between
 * it and people who take one themselves.
 */
@Injectable()
export class AssignWaiting {
  constructor(
    private readonly log: ConversationLog,
    private readonly list: ConversationList,
    private readonly directories: DirectoryStore,
    private readonly turns: Turns,
    private readonly clock: Clock,
  ) {}

  /** Gives how many found an owner. */
  async execute(): Promise<number> {
    let assigned = 0;
    for (const tenantId of await this.directories.tenants()) {
      const directory = await this.directories.of(tenantId);
      for (const inbox of directory.inboxes.values()) {
        const { autoAssign } = inbox;
        if (!autoAssign || !inbox.active || inbox.kind !== 'shared') continue;
        assigned += await this.inbox(tenantId, directory.around(inbox), autoAssign);
      }
    }
    return assigned;
  }

  private async inbox(tenantId: string, around: Surroundings, policy: AutoAssign): Promise<number> {
    const members = givable(around);
    if (members.length === 0) return 0;
    const { items } = await this.list.page(unassigned(tenantId, around.inbox));
    if (items.length === 0) return 0;
    const ids = members.map(({ id }) => id);
    const loads = await this.list.loads(tenantId, around.inbox.id, ids);
    let lastGiven = await this.turns.last(tenantId, around.inbox.id);
    const given: Given[] = [];
    for (const shown of items) {
      const except = returnedBy(shown.state);
      const member = choose(members, { ...policy, loads, lastGiven, except });
      if (!member) continue;
      loads.set(member.id, (loads.get(member.id) ?? 0) + 1);
      lastGiven = member.id;
      given.push({ shown, to: member.id });
    }
    if (given.length === 0) return 0;
    const outcomes = await this.log.appendMany(
      given.map((one) => this.request(tenantId, one, around, policy)),
    );
    failpoint('inbox.waiting-assigned');
    if (lastGiven !== null) await this.turns.keep(tenantId, around.inbox.id, lastGiven);
    return outcomes.filter(({ kind }) => kind === 'appended').length;
  }

  private request(
    tenantId: string,
    { shown, to }: Given,
    around: Surroundings,
    { rule }: AutoAssign,
  ): AppendRequest {
    const { id: conversationId, epoch: expectedEpoch } = shown.state;
    return {
      ref: { tenantId, conversationId },
      actor: SYSTEM,
      at: this.clock.now().toISOString(),
      origin: { correlationId: newId('co') },
      decide: (state) => decideAutoAssign(state, { type: 'auto-assign', to, rule, expectedEpoch }, around),
    };
  }
}

const unassigned = (tenantId: string, { id: inboxId }: Inbox): SectionQuery => ({
  tenantId,
  inboxId,
  viewerId: SYSTEM.id,
  status: 'open',
  owner: 'unassigned',
  limit: PORTION,
});
