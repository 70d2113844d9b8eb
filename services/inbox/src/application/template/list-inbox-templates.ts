import { Injectable } from '@nestjs/common';
import type { ListInboxTemplates as Call, Template } from '@partyline/contracts';
import { answer, notFound, refused, type Answer, type RequestOf } from '../answer.js';
import { Sight } from '../queries/sight.js';
import { Templates } from '../templates.js';

/** The templates that fit a reply in an inbox. */
@Injectable()
export class ListInboxTemplates {
  constructor(
    private readonly sight: Sight,
    private readonly templates: Templates,
  ) {}

  async execute(request: RequestOf<typeof Call>): Promise<Answer<Template[]>> {
    const seer = await this.sight.inbox(request, request.inboxId);
    if (!seer) return notFound();
    if (!seer.viewer.permissions.has('reply')) {
      return refused({ code: 'FORBIDDEN', message: 'Your role does not allow you to reply.' });
    }
    const all = await this.templates.of(request.tenantId);
    const fitting = all.filter(({ inboxId }) => inboxId === null || inboxId === seer.inbox.id);
    return answer(fitting.sort((a, b) => a.name.localeCompare(b.name)));
  }
}
