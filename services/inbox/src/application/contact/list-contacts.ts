import { Injectable } from '@nestjs/common';
import type { Contact, ListContacts as Call } from '@partyline/contracts';
import { answer, notFound, type Answer, type RequestOf } from '../answer.js';
import { Contacts } from '../contacts.js';
import { paged } from '../queries/paged.js';
import { Sight } from '../queries/sight.js';
import { ContactViews } from './contact-views.js';

type Found = { items: Contact[]; nextCursor: string | null };

/** The customers of the inboxes that the viewer may see, and who was written down by hand. */
@Injectable()
export class ListContacts {
  constructor(
    private readonly sight: Sight,
    private readonly contacts: Contacts,
    private readonly views: ContactViews,
  ) {}

  async execute(request: RequestOf<typeof Call>): Promise<Answer<Found>> {
    const seer = await this.sight.seer(request);
    if (!seer) return notFound();
    return paged(async () => {
      const inboxIds = seer.inboxes.map(({ id }) => id);
      const page = await this.contacts.page({ ...request, inboxIds });
      const items = await this.views.of(seer, request.tenantId, page.items);
      return answer({ items, nextCursor: page.nextCursor });
    });
  }
}
