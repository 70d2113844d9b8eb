import { Injectable } from '@nestjs/common';
import type { ConversationView, ListConversations as Call } from '@partyline/contracts';
import { answer, notFound, type Answer, type RequestOf } from '../answer.js';
import { ConversationList } from '../conversation-list.js';
import { paged } from './paged.js';
import { Sight, viewOfSeen } from './sight.js';

type Found = { items: ConversationView[]; nextCursor: string | null };

/** One section of an inbox, page by page. */
@Injectable()
export class ListConversations {
  constructor(
    private readonly sight: Sight,
    private readonly list: ConversationList,
  ) {}

  async execute(request: RequestOf<typeof Call>): Promise<Answer<Found>> {
    const seer = await this.sight.inbox(request, request.inboxId);
    if (!seer) return notFound();
    const { viewer, inbox } = seer;
    return paged(async () => {
      const page = await this.list.page({ ...request, viewerId: viewer.id });
      const items = page.items.map((shown) => viewOfSeen({ viewer, inbox, shown }));
      return answer({ items, nextCursor: page.nextCursor });
    });
  }
}
