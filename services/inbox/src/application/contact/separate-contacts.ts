import { Injectable } from '@nestjs/common';
import type { ContactDetail, SeparateContacts as Call } from '@partyline/contracts';
import { separateCards } from '../../domain/contact-card.js';
import type { Answer, RequestOf } from '../answer.js';
import { ContactDesk } from './contact-desk.js';

/** A merge taken back. */
@Injectable()
export class SeparateContacts {
  constructor(private readonly desk: ContactDesk) {}

  execute(request: RequestOf<typeof Call>): Promise<Answer<ContactDetail>> {
    return this.desk.carryOutOnTwo(request, separateCards);
  }
}
