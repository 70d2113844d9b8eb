import { Injectable } from '@nestjs/common';
import type { Counts, GetCounts as Call } from '@partyline/contracts';
import { answer, notFound, type Answer, type RequestOf } from '../answer.js';
import { ConversationList } from '../conversation-list.js';
import { Sight } from './sight.js';

/** The viewer's counts; inboxes out of sight are left out. */
@Injectable()
export class GetCounts {
  constructor(
    private readonly sight: Sight,
    private readonly list: ConversationList,
  ) {}

  async execute(request: RequestOf<typeof Call>): Promise<Answer<Record<string, Counts>>> {
    const seer = await this.sight.seer(request);
    if (!seer) return notFound();
    const wanted = request.inboxIds && new Set(request.inboxIds);
    const ids = seer.inboxes.map(({ id }) => id).filter((id) => wanted?.has(id) ?? true);
    return answer(Object.fromEntries(await this.list.counts(request.tenantId, request.userId, ids)));
  }
}
