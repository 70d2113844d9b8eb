import { Injectable } from '@nestjs/common';
import type { Counts, InboxSummary, Viewer } from '@partyline/contracts';
import { answer, notFound, type Answer } from '../answer.js';
import { ConversationList } from '../conversation-list.js';
import { Sight } from './sight.js';

const isEmpty = ({ unassigned, mine, others, snoozed = 0 }: Counts): boolean =>
  unassigned + mine + others + snoozed === 0;

/** The inboxes that the viewer may see, with what is in them for this viewer. */
@Injectable()
export class ListInboxes {
  constructor(
    private readonly sight: Sight,
    private readonly list: ConversationList,
  ) {}

  async execute(request: Viewer): Promise<Answer<InboxSummary[]>> {
    const seer = await this.sight.seer(request);
    if (!seer) return notFound();
    const ids = seer.inboxes.map(({ id }) => id);
    const counts = await this.list.counts(request.tenantId, request.userId, ids);
    const summaries = seer.inboxes.flatMap(({ id, name, kind, memberIds, active }) => {
      const own = counts.get(id);
      // An inbox that gets no more texts stays until its last conversation is done.
      if (!own || (!active && isEmpty(own))) return [];
      const numbers = seer.directory.numbersOf(id).map(({ number }) => number);
      return [{ id, name, kind, numbers, memberIds: [...memberIds], counts: own }];
    });
    return answer(summaries.sort((a, b) => a.name.localeCompare(b.name)));
  }
}
