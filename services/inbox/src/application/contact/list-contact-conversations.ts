import { Injectable } from '@nestjs/common';
import type { ConversationView, ListContactConversations as Call } from '@partyline/contracts';
import { answer, notFound, type Answer, type RequestOf } from '../answer.js';
import { ConversationList } from '../conversation-list.js';
import { paged } from '../queries/paged.js';
import { Sight, viewOfSeen } from '../queries/sight.js';
import { ContactViews, maySeeContact } from './contact-views.js';

type Found = { items: ConversationView[]; nextCursor: string | null };

/** A contact's history, across all inboxes that the viewer may see. */
@Injectable()
export class ListContactConversations {
  constructor(
    private readonly sight: Sight,
    private readonly views: ContactViews,
    private readonly list: ConversationList,
  ) {}

  async execute(request: RequestOf<typeof Call>): Promise<Answer<Found>> {
    const { tenantId, contactId, cursor, limit } = request;
    const seer = await this.sight.seer(request);
    const card = seer && (await this.views.living(tenantId, contactId));
    if (!card || !maySeeContact(seer, card)) return notFound();
    return paged(async () => {
      const inboxIds = seer.inboxes.map(({ id }) => id);
      const page = await this.list.ofPeers({ tenantId, inboxIds, peers: card.numbers, cursor, limit });
      const items = page.items.flatMap((shown) => {
        const inbox = seer.inboxes.find(({ id }) => id === shown.state.inboxId);
        return inbox ? [viewOfSeen({ viewer: seer.viewer, inbox, shown })] : [];
      });
      return answer({ items, nextCursor: page.nextCursor });
    });
  }
}
