import { Injectable } from '@nestjs/common';
import type { ContactDetail, SeparateContacts as Call } from '@partyline/contracts';
import { separateCards } from '../../domain/contact-card.js';
import type { Answer, RequestOf } from '../answer.js';
import { ContactDesk, noSuchContact } from './contact-desk.js';

/** A merge taken back. */
@Injectable()
export class SeparateContacts {
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
        return card && other ? separateCards(card, expectedRevision, other) : noSuchContact;
      },
    });
  }
}
