import { Injectable } from '@nestjs/common';
import type { Conversation, ExportConversations as Call } from '@partyline/contracts';
import { summaryOf, type ExistingConversation } from '../../domain/conversation.js';
import { answer, refused, type Answer, type RequestOf } from '../answer.js';
import { ConversationList } from '../conversation-list.js';
import { paged } from './paged.js';
import { Sight } from './sight.js';
import { timeRange } from './time-range.js';

type Request = RequestOf<typeof Call>;

/** One page of a copy of the conversations that somebody sees. `limit` counts those that are looked at. */
@Injectable()
export class ExportConversations {
  constructor(
    private readonly sight: Sight,
    private readonly list: ConversationList,
  ) {}

  async execute(request: Request): Promise<Answer<{ items: Conversation[]; nextCursor: string | null }>> {
    const seer = await this.sight.seer(request);
    if (!seer?.viewer.permissions.has('export')) {
      return refused({ code: 'FORBIDDEN', message: 'Your role does not allow you to export conversations.' });
    }
    const inboxIds = seer.inboxes
      .map(({ id }) => id)
      .filter((id) => request.inboxId === undefined || id === request.inboxId);
    return paged(async () => {
      const { tenantId, cursor, limit } = request;
      const { items, nextCursor } = await this.list.inOrder({ tenantId, inboxIds, cursor, limit });
      const asked = { ...request, ...timeRange(request) };
      const wanted = items.filter(({ state }) => isWanted(state, asked));
      return answer({ items: wanted.map(({ state }) => summaryOf(state)), nextCursor });
    });
  }
}

/** Moments are ISO 8601 in UTC with milliseconds: as text they sort as times do. */
const isWanted = (
  { status, owner, lastActivityAt }: ExistingConversation,
  wanted: Pick<Request, 'status' | 'ownerId' | 'from' | 'to'>,
): boolean =>
  (wanted.status === undefined || status === wanted.status) &&
  (wanted.ownerId === undefined || owner?.id === wanted.ownerId) &&
  (wanted.from === undefined || lastActivityAt >= wanted.from) &&
  (wanted.to === undefined || lastActivityAt <= wanted.to);
