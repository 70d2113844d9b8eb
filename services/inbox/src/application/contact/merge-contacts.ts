import { Injectable } from '@nestjs/common';
import type { ContactDetail, MergeContacts as Call } from '@partyline/contracts';
import { mergeCards } from '../../domain/contact-card.js';
import type { Answer, RequestOf } from '../answer.js';
import { ContactDesk, noSuchContact } from './contact-desk.js';

/** The other becomes part of this one. Conversations stay what they are; they are called alike from now on. */
@Injectable()
export class MergeContacts {
  constructor(private readonly desk: ContactDesk) {}

  execute(request: RequestOf<typeof Call>): Promise<Answer<ContactDetail>> {
    const { tenantId, contactId, otherId, expectedRevision } = request;
    return this.desk.carryOut(request, {
      about: contactId,
      decide: async (seer) => {
        const [card, other] = await Promise.all([
          this.desk.visible(seer, tenantId, contactId),
          this.desk.visible(seer, tenantId, otherId),
        ]);
        return card && other ? mergeCards(card, expectedRevision, other) : noSuchContact;
      },
    });
  }
}
