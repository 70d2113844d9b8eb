import { Injectable } from '@nestjs/common';
import type { GetTimeline as Call, TimelineItem } from '@partyline/contracts';
import { answer, notFound, type Answer, type RequestOf } from '../answer.js';
import { Timeline } from '../timeline.js';
import { Sight } from './sight.js';
import { itemsOf } from './timeline-items.js';

/** A thread from its newest entry backwards. `limit` counts entries; one can hold several items. */
@Injectable()
export class GetTimeline {
  constructor(
    private readonly sight: Sight,
    private readonly timeline: Timeline,
  ) {}

  async execute(
    request: RequestOf<typeof Call>,
  ): Promise<Answer<{ items: TimelineItem[]; nextBefore: number | null }>> {
    if (!(await this.sight.conversation(request, request.conversationId))) return notFound();
    const entries = await this.timeline.page(request, request.before, request.limit);
    const oldest = entries[0]?.seq ?? 1;
    return answer({ items: entries.flatMap(itemsOf), nextBefore: oldest > 1 ? oldest : null });
  }
}
