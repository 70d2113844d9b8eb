import { Injectable } from '@nestjs/common';
import type { Contact, ContactDetail } from '@partyline/contracts';
import type { ContactCard } from '../../domain/contact-card.js';
import { EVERYWHERE } from '../../domain/contact-card.js';
import { Consents } from '../consents.js';
import { Contacts } from '../contacts.js';
import type { Seer } from '../queries/sight.js';

/** Whether this is a contact for their eyes: of one of their inboxes, or written down by somebody of the company. */
export const maySeeContact = ({ inboxes }: Seer, { inboxIds }: ContactCard): boolean =>
  inboxIds.some((id) => id === EVERYWHERE || inboxes.some((inbox) => inbox.id === id));

/** Contacts as they are answered. */
@Injectable()
export class ContactViews {
  constructor(
    private readonly contacts: Contacts,
    private readonly consents: Consents,
  ) {}

  async of(
    { directory, inboxes }: Seer,
    tenantId: string,
    cards: readonly ContactCard[],
  ): Promise<Contact[]> {
    const ours = new Set(inboxes.flatMap(({ id }) => directory.numbersOf(id).map(({ number }) => number)));
    const words = await this.consents.optOutsOf(
      tenantId,
      cards.flatMap(({ numbers }) => numbers),
    );
    const unfinished = await this.contacts.beingErased(
      tenantId,
      cards.filter(({ erased }) => erased).map(({ id }) => id),
    );
    const seen = words.filter(({ number }) => ours.has(number));
    return cards.map(({ id, name, notes, numbers, revision, lastActivityAt, erased }) => ({
      id,
      name,
      notes,
      revision,
      lastActivityAt,
      numbers: [...numbers],
      erasure: erased ? { ...erased, finished: !unfinished.has(id) } : null,
      optOuts: seen
        .filter(({ peer }) => numbers.includes(peer))
        .map(({ peer, number, keyword, at: since }) => ({ peer, number, keyword, since })),
    }));
  }

  async detail(seer: Seer, tenantId: string, card: ContactCard): Promise<ContactDetail | null> {
    const [[contact], parts] = await Promise.all([
      this.of(seer, tenantId, [card]),
      this.contacts.partsOf(tenantId, card.id),
    ]);
    if (!contact) return null;
    const merged = parts.map(({ id, name, brought }) => ({ id, name, numbers: [...brought] }));
    return { ...contact, merged };
  }

  /** The contact, or the one that it became part of. */
  async living(tenantId: string, contactId: string): Promise<ContactCard | null> {
    let card = await this.contacts.find(tenantId, contactId);
    while (card?.mergedInto) card = await this.contacts.find(tenantId, card.mergedInto);
    return card;
  }
}
