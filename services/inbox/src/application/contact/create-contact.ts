import { Injectable } from '@nestjs/common';
import type { ContactDetail, CreateContact as Call } from '@partyline/contracts';
import { derivedId } from '@partyline/kernel';
import { createCard } from '../../domain/contact-card.js';
import type { Answer, RequestOf } from '../answer.js';
import { Contacts } from '../contacts.js';
import { ContactDesk, noNumber } from './contact-desk.js';

/** Somebody is written down who may never have written. */
@Injectable()
export class CreateContact {
  constructor(
    private readonly desk: ContactDesk,
    private readonly contacts: Contacts,
  ) {}

  execute(request: RequestOf<typeof Call>): Promise<Answer<ContactDetail>> {
    const { tenantId, userId, commandId, name, notes } = request;
    const about = derivedId('ct', tenantId, userId, commandId);
    return this.desk.carryOut(request, {
      about,
      decide: async (seer, at) => {
        const typed = this.desk.normalized(seer, request.numbers, []);
        if ('wrong' in typed) return noNumber(typed.wrong);
        const holders = await this.contacts.holding(tenantId, typed.numbers);
        return createCard(about, { name, notes, numbers: typed.numbers }, holders, at);
      },
    });
  }
}
