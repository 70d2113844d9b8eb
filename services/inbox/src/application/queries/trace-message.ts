import { Injectable } from '@nestjs/common';
import type { Conversation, TimelineItem, TraceMessage as Call } from '@partyline/contracts';
import { summaryOf } from '../../domain/conversation.js';
import { isAdmin } from '../../domain/inbox.js';
import { answer, refused, type Answer, type RequestOf } from '../answer.js';
import { Timeline } from '../timeline.js';
import { Sight } from './sight.js';
import { itemsOf } from './timeline-items.js';

/** Where a text went and why, for the Admin who asks. */
@Injectable()
export class TraceMessage {
  constructor(
    private readonly sight: Sight,
    private readonly timeline: Timeline,
  ) {}

  async execute(
    request: RequestOf<typeof Call>,
  ): Promise<Answer<{ conversation: Conversation; item: TimelineItem }>> {
    const seer = await this.sight.seer(request);
    if (!seer || !(isAdmin(seer.viewer) || seer.viewer.permissions.has('manageRouting'))) {
      return refused({ code: 'FORBIDDEN', message: 'Only an Admin can look up where a text went.' });
    }
    const entry = await this.timeline.findMessage(request.tenantId, request.messageId);
    const seen = entry && (await this.sight.conversation(request, entry.conversationId));
    const item = entry && itemsOf(entry).find((candidate) => isAbout(candidate, request.messageId));
    if (!seen || !item) {
      return refused({ code: 'NOT_FOUND', message: `No conversation holds a message ${request.messageId}.` });
    }
    return answer({ conversation: summaryOf(seen.shown.state), item });
  }
}

const isAbout = (item: TimelineItem, messageId: string): boolean =>
  (item.type === 'message.received' || item.type === 'message.queued') && item.data.messageId === messageId;
