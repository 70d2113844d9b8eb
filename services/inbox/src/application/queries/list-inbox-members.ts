import { Injectable } from '@nestjs/common';
import type { InboxMember, ListInboxMembers as Call } from '@partyline/contracts';
import { canOwn } from '../../domain/inbox.js';
import { answer, notFound, type Answer, type RequestOf } from '../answer.js';
import { ConversationList } from '../conversation-list.js';
import { Sight } from './sight.js';

/** The people of an inbox, for the pickers of Assign and Transfer. */
@Injectable()
export class ListInboxMembers {
  constructor(
    private readonly sight: Sight,
    private readonly list: ConversationList,
  ) {}

  async execute(request: RequestOf<typeof Call>): Promise<Answer<InboxMember[]>> {
    const seer = await this.sight.inbox(request, request.inboxId);
    if (!seer) return notFound();
    const { inbox, directory } = seer;
    const loads = await this.list.loads(request.tenantId, inbox.id, [...inbox.memberIds]);
    const members = [...inbox.memberIds].flatMap((id) => {
      const member = directory.people.get(id);
      if (!member) return [];
      const { name, active, availability, awayUntil = null } = member;
      const assignable = inbox.kind === 'shared' && canOwn(member, inbox);
      return [{ id, name, active, availability, awayUntil, assignable, load: loads.get(id) ?? 0 }];
    });
    return answer(members.sort((a, b) => a.name.localeCompare(b.name)));
  }
}
