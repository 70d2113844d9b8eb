import { Injectable } from '@nestjs/common';
import type { ChangeContact as Call, ContactDetail } from '@partyline/contracts';
import { changeCard } from '../../domain/contact-card.js';
import type { Answer, RequestOf } from '../answer.js';
import { Contacts } from '../contacts.js';
import { ContactDesk, noNumber, noSuchContact } from './contact-desk.js';

/** Its name, its notes, or its numbers. */
@Injectable()
export class ChangeContact {
  constructor(
    private readonly desk: ContactDesk,
    private readonly contacts: Contacts,
  ) {}

  execute(request: RequestOf<typeof Call>): Promise<Answer<ContactDetail>> {
    const { tenantId, contactId, expectedRevision, name, notes } = request;
    return this.desk.carryOut(request, {
      about: contactId,
      decide: async (seer) => {
        const card = await this.desk.visible(seer, tenantId, contactId);
        if (!card) return noSuchContact;
        const typed = request.numbers && this.desk.normalized(seer, request.numbers, card.numbers);
        if (typed && 'wrong' in typed) return noNumber(typed.wrong);
        const holders = await this.contacts.holding(tenantId, typed?.numbers ?? []);
        return changeCard(card, expectedRevision, { name, notes, numbers: typed?.numbers }, holders);
      },
    });
  }
}
