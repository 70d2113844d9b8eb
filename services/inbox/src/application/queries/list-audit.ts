import { Injectable } from '@nestjs/common';
import type { AuditItem, ListAudit as Call } from '@partyline/contracts';
import { answer, refused, type Answer, type RequestOf } from '../answer.js';
import { Timeline } from '../timeline.js';
import { paged } from './paged.js';
import { Sight } from './sight.js';
import { timeRange } from './time-range.js';
import { itemsOf } from './timeline-items.js';

/** What people and the system did to conversations, newest first. `limit` counts entries. */
@Injectable()
export class ListAudit {
  constructor(
    private readonly sight: Sight,
    private readonly timeline: Timeline,
  ) {}

  async execute(
    request: RequestOf<typeof Call>,
  ): Promise<Answer<{ items: AuditItem[]; nextCursor: string | null }>> {
    const seer = await this.sight.seer(request);
    if (!seer?.viewer.permissions.has('viewAudit')) {
      return refused({ code: 'FORBIDDEN', message: 'Your role does not allow you to see the audit trail.' });
    }
    return paged(async () => {
      const { items: entries, nextCursor } = await this.timeline.audit({
        ...request,
        ...timeRange(request),
        userId: request.actorId,
      });
      const items = entries.flatMap((entry) =>
        itemsOf(entry)
          .filter(({ type }) => request.type === undefined || type === request.type)
          .map(({ id, at, actor, type, data }) => ({
            id,
            at,
            actor,
            inboxId: entry.inbox.id,
            conversationId: entry.conversationId,
            type,
            data,
          }))
          .toReversed(),
      );
      return answer({ items, nextCursor });
    });
  }
}
