import { Injectable } from '@nestjs/common';
import type { ContactDetail, MergeContacts as Call } from '@partyline/contracts';
import { mergeCards } from '../../domain/contact-card.js';
import type { Answer, RequestOf } from '../answer.js';
import { ContactDesk } from './contact-desk.js';

/** The other becomes part of this one. Conversations stay what they are; they are called alike from now on. */
@Injectable()
export class MergeContacts {
  constructor(private readonly desk: ContactDesk) {}

  execute(request: RequestOf<typeof Call>): Promise<Answer<ContactDetail>> {
    return this.desk.carryOutOnTwo(request, mergeCards);
  }
}
