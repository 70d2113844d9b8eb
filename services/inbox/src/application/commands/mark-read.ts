import { Injectable } from '@nestjs/common';
import type { MarkRead as Call } from '@partyline/contracts';
import { failpoint } from '@partyline/kernel';
import { unreadFor } from '../../domain/viewer.js';
import { answer, notFound, type Answer, type RequestOf } from '../answer.js';
import { ConversationList } from '../conversation-list.js';
import { CursorNews } from '../cursor-news.js';
import { Sight } from '../queries/sight.js';

/** Somebody has read up to `seq`. Nothing that others act upon, so it is not part of the log. */
@Injectable()
export class MarkRead {
  constructor(
    private readonly sight: Sight,
    private readonly list: ConversationList,
    private readonly news: CursorNews,
  ) {}

  async execute(request: RequestOf<typeof Call>): Promise<Answer<{ cursor: number; unread: number }>> {
    const seen = await this.sight.conversation(request, request.conversationId);
    if (!seen) return notFound();
    const { tenantId, userId, conversationId } = request;
    const { state } = seen.shown;
    const before = seen.shown.cursors[userId] ?? 0;
    const upTo = Math.min(request.seq, state.seq);
    if (upTo <= before) return answer({ cursor: before, unread: unreadFor(state, userId, before) });
    const cursor = await this.list.moveCursor(tenantId, conversationId, userId, upTo);
    failpoint('inbox.cursor-moved');
    this.news.moved({ ...request, inboxId: state.inboxId, cursor });
    return answer({ cursor, unread: unreadFor(state, userId, cursor) });
  }
}
