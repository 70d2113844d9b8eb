import { Injectable } from '@nestjs/common';
import type { Search as Call, SearchAnswer, SearchHit } from '@partyline/contracts';
import { snippetOf, wantedWords } from '../../domain/search-words.js';
import { answer, notFound, type Answer, type RequestOf } from '../answer.js';
import { ContactViews } from '../contact/contact-views.js';
import { Contacts } from '../contacts.js';
import { ConversationList, type Shown } from '../conversation-list.js';
import { MessageSearch } from '../message-search.js';
import { Sight, viewOfSeen, type Seer } from './sight.js';

/** Contacts by name or number; conversations by whom they are with, and then by what was written in them. */
@Injectable()
export class SearchEverything {
  constructor(
    private readonly sight: Sight,
    private readonly list: ConversationList,
    private readonly contacts: Contacts,
    private readonly views: ContactViews,
    private readonly messages: MessageSearch,
  ) {}

  async execute(request: RequestOf<typeof Call>): Promise<Answer<SearchAnswer>> {
    const seer = await this.sight.seer(request);
    if (!seer) return notFound();
    const { tenantId, q, limit } = request;
    const inboxIds = seer.inboxes.map(({ id }) => id);
    const wanted = wantedWords(q);
    const [people, byContact, byText] = await Promise.all([
      this.contacts.page({ tenantId, inboxIds, q, limit: Math.min(limit, 10) }),
      this.list.findByContact(tenantId, inboxIds, q, Math.ceil(limit / 2)),
      wanted ? this.messages.find({ tenantId, inboxIds, wanted, limit }) : { hits: [], complete: true },
    ]);
    const written = await this.list.many(
      tenantId,
      byText.hits.map(({ conversationId }) => conversationId),
    );
    const found = new Map<string, SearchHit>();
    for (const shown of byContact) {
      const conversation = viewFor(seer, shown);
      if (conversation) found.set(conversation.id, { conversation, snippet: null });
    }
    for (const { conversationId, seq, at, text } of byText.hits) {
      const shown = written.get(conversationId);
      const conversation = shown && viewFor(seer, shown);
      if (!conversation || !wanted) continue;
      const { text: snippet, highlights } = snippetOf(text, wanted);
      const places = highlights.map(([start, end]): [number, number] => [start, end]);
      found.set(conversationId, { conversation, snippet, seq, at, highlights: places });
    }
    return answer({
      contacts: wanted ? await this.views.of(seer, tenantId, people.items) : [],
      items: [...found.values()].slice(0, limit),
      complete: byText.complete,
    });
  }
}

function viewFor({ inboxes, viewer }: Seer, shown: Shown) {
  const inbox = inboxes.find(({ id }) => id === shown.state.inboxId);
  return inbox ? viewOfSeen({ viewer, inbox, shown }) : null;
}
