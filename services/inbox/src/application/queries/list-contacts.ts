import { Injectable } from '@nestjs/common';
import type { ListContacts as Call } from '@partyline/contracts';
import { answer, notFound, type Answer, type RequestOf } from '../answer.js';
import { Contacts } from '../contacts.js';
import { paged } from './paged.js';
import { Sight } from './sight.js';

type Found = {
  items: { id: string; name: string | null; numbers: string[]; lastActivityAt: string }[];
  nextCursor: string | null;
};

/** The customers of the inboxes that the viewer may see. */
@Injectable()
export class ListContacts {
  constructor(
    private readonly sight: Sight,
    private readonly contacts: Contacts,
  ) {}

  async execute(request: RequestOf<typeof Call>): Promise<Answer<Found>> {
    const seer = await this.sight.seer(request);
    if (!seer) return notFound();
    return paged(async () => {
      const inboxIds = seer.inboxes.map(({ id }) => id);
      const page = await this.contacts.page({ ...request, inboxIds });
      const items = page.items.map((contact) => ({ ...contact, numbers: [...contact.numbers] }));
      return answer({ items, nextCursor: page.nextCursor });
    });
  }
}
