import { Injectable } from '@nestjs/common';
import type { ContactDetail, EraseContact as Call } from '@partyline/contracts';
import { eraseCard, type ContactCard } from '../../domain/contact-card.js';
import type { Answer, RequestOf } from '../answer.js';
import { Contacts } from '../contacts.js';
import { ContactDesk, noSuchContact } from './contact-desk.js';

/** Forgets somebody: their name and notes at once, what they wrote from here on (EraseContent). */
@Injectable()
export class EraseContact {
  constructor(
    private readonly desk: ContactDesk,
    private readonly contacts: Contacts,
  ) {}

  execute(request: RequestOf<typeof Call>): Promise<Answer<ContactDetail>> {
    const { tenantId, contactId } = request;
    return this.desk.carryOut(request, {
      about: contactId,
      needs: 'manageUsers',
      decide: async (seer, at) => {
        const card = await this.desk.visible(seer, tenantId, contactId);
        if (!card) return noSuchContact;
        const by = { id: seer.viewer.id, name: seer.viewer.name };
        return eraseCard(card, request, await this.allParts(tenantId, card), { at, by });
      },
    });
  }

  private async allParts(tenantId: string, card: ContactCard): Promise<ContactCard[]> {
    const parts = await this.contacts.partsOf(tenantId, card.id);
    const theirs = await Promise.all(parts.map((part) => this.allParts(tenantId, part)));
    return [...parts, ...theirs.flat()];
  }
}
