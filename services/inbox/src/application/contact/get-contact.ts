import { Injectable } from '@nestjs/common';
import type { ContactDetail, GetContact as Call } from '@partyline/contracts';
import { answer, notFound, type Answer, type RequestOf } from '../answer.js';
import { Sight } from '../queries/sight.js';
import { ContactViews, maySeeContact } from './contact-views.js';

@Injectable()
export class GetContact {
  constructor(
    private readonly sight: Sight,
    private readonly views: ContactViews,
  ) {}

  async execute(request: RequestOf<typeof Call>): Promise<Answer<ContactDetail>> {
    const seer = await this.sight.seer(request);
    const card = seer && (await this.views.living(request.tenantId, request.contactId));
    if (!card || !maySeeContact(seer, card)) return notFound();
    const detail = await this.views.detail(seer, request.tenantId, card);
    return detail ? answer(detail) : notFound();
  }
}
