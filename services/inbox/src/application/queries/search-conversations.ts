import { Injectable } from '@nestjs/common';
import type { ConversationView, Search as Call } from '@partyline/contracts';
import { answer, notFound, type Answer, type RequestOf } from '../answer.js';
import { ConversationList, type Shown } from '../conversation-list.js';
import { Timeline } from '../timeline.js';
import { Sight, viewOfSeen } from './sight.js';

type Found = { items: { conversation: ConversationView; snippet: string | null }[] };

/** By the contact's name or number first, then by what was written. */
@Injectable()
export class SearchConversations {
  constructor(
    private readonly sight: Sight,
    private readonly list: ConversationList,
    private readonly timeline: Timeline,
  ) {}

  async execute(request: RequestOf<typeof Call>): Promise<Answer<Found>> {
    const seer = await this.sight.seer(request);
    if (!seer) return notFound();
    const { tenantId, q, limit } = request;
    const ids = seer.inboxes.map(({ id }) => id);
    const [byContact, byText] = await Promise.all([
      this.list.findByContact(tenantId, ids, q, limit),
      this.timeline.search(tenantId, ids, q, limit),
    ]);
    const written = await this.list.many(
      tenantId,
      byText.map(({ conversationId }) => conversationId),
    );
    const found = new Map<string, { shown: Shown; snippet: string | null }>();
    for (const shown of byContact) found.set(shown.state.id, { shown, snippet: null });
    for (const { conversationId, text } of byText) {
      const shown = written.get(conversationId);
      if (shown && !found.has(conversationId)) found.set(conversationId, { shown, snippet: text });
    }
    const items = [...found.values()].slice(0, limit).flatMap(({ shown, snippet }) => {
      const inbox = seer.inboxes.find(({ id }) => id === shown.state.inboxId);
      return inbox ? [{ conversation: viewOfSeen({ viewer: seer.viewer, inbox, shown }), snippet }] : [];
    });
    return answer({ items });
  }
}
