import { Injectable } from '@nestjs/common';
import type { AuditItem, ListAudit as Call } from '@partyline/contracts';
import { answer, refused, type Answer, type RequestOf } from '../answer.js';
import { Timeline } from '../timeline.js';
import { paged } from './paged.js';
import { Sight } from './sight.js';
import { timeRange } from './time-range.js';
import { itemsOf } from './timeline-items.js';

export interface Trail {
  items: AuditItem[];
  positions: string[];
  nextCursor: string | null;
}

/** What people and the system did to conversations, newest first. `limit` counts entries. */
@Injectable()
export class ListAudit {
  constructor(
    private readonly sight: Sight,
    private readonly timeline: Timeline,
  ) {}

  async execute(request: RequestOf<typeof Call>): Promise<Answer<Trail>> {
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
      const found = entries.flatMap((entry) =>
        itemsOf(entry)
          .filter(({ type }) => request.type === undefined || type === request.type)
          .map(({ id, at, actor, type, data }) => {
            const { inbox, conversationId, position } = entry;
            return { item: { id, at, actor, inboxId: inbox.id, conversationId, type, data }, position };
          })
          .toReversed(),
      );
      return answer({
        items: found.map(({ item }) => item),
        positions: found.map(({ position }) => position),
        nextCursor,
      });
    });
  }
}
