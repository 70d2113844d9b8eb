import { Injectable } from '@nestjs/common';
import type { ListWaiting as Call } from '@partyline/contracts';
import { titleOf } from '../../domain/conversation.js';
import { answer, type Answer, type RequestOf } from '../answer.js';
import { ConversationList } from '../conversation-list.js';
import { paged } from './paged.js';

export interface WaitingItem {
  tenantId: string;
  conversationId: string;
  inboxId: string;
  epoch: number;
  waitingSince: string;
  title: string;
}

/** Everything that waits for an owner, over all tenants, for whoever keeps alerts. */
@Injectable()
export class ListWaiting {
  constructor(private readonly list: ConversationList) {}

  execute(request: RequestOf<typeof Call>): Promise<Answer<{ items: WaitingItem[]; next: string | null }>> {
    return paged(async () => {
      const page = await this.list.waiting(request.after, request.limit);
      const items = page.items.flatMap(({ tenantId, state }) => {
        const { id: conversationId, inboxId, epoch, waitingSince } = state;
        const title = titleOf(state);
        return waitingSince === null
          ? []
          : [{ tenantId, conversationId, inboxId, epoch, waitingSince, title }];
      });
      return answer({ items, next: page.nextCursor });
    });
  }
}
