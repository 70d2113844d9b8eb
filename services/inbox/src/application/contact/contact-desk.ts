import { Injectable, Logger } from '@nestjs/common';
import type { ContactDetail, Permission, Viewer } from '@partyline/contracts';
import { Clock, failpoint } from '@partyline/kernel';
import type { CardDecision, ContactCard } from '../../domain/contact-card.js';
import { answer, notFound, refused, type Answer } from '../answer.js';
import { Contacts, type UnspreadChange } from '../contacts.js';
import { PhoneNumbers } from '../phone-numbers.js';
import { Sight, type Seer } from '../queries/sight.js';
import { ContactViews, maySeeContact } from './contact-views.js';
import { EraseContent } from './erase-content.js';
import { SpreadNames } from './spread-names.js';

/** Changes that may meet in one contact at once. */
const MOST_TRIES = 16;

export type ContactRequest = Viewer & { readonly commandId: string };
export interface PairOfContacts {
  readonly contactId: string;
  readonly otherId: string;
  readonly expectedRevision: number;
}
/** What is decided, asked again whenever another change was first; `about`: the contact that is answered. */
export interface ContactChange {
  readonly about: string;
  readonly decide: (seer: Seer, at: string) => Promise<CardDecision>;
  /** `note` where absent. */
  readonly needs?: Permission;
}

/** Where all changes of contacts by people come in. */
@Injectable()
export class ContactDesk {
  private readonly logger = new Logger('Contacts');

  constructor(
    private readonly sight: Sight,
    private readonly contacts: Contacts,
    private readonly views: ContactViews,
    private readonly spreadNames: SpreadNames,
    private readonly eraseContent: EraseContent,
    private readonly numbers: PhoneNumbers,
    private readonly clock: Clock,
  ) {}

  async carryOut(request: ContactRequest, change: ContactChange): Promise<Answer<ContactDetail>> {
    const seer = await this.sight.seer(request);
    if (!seer) return notFound();
    const needs = change.needs ?? 'note';
    if (!seer.viewer.permissions.has(needs)) {
      const what = needs === 'note' ? 'change' : 'erase';
      return refused({ code: 'FORBIDDEN', message: `Your role does not allow you to ${what} contacts.` });
    }
    const { tenantId, correlationId } = request;
    // Nobody is answered with what another did under the same key.
    const commandId = `${seer.viewer.id}:${change.about}:${request.commandId}`;
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      if ((await this.contacts.repeated(tenantId, commandId)) !== null)
        return this.show(seer, request, change);
      const at = this.clock.now().toISOString();
      const decision = await change.decide(seer, at);
      if (!decision.ok) return refused(decision.error);
      if (decision.value.length === 0) return this.show(seer, request, change);
      const actor = { kind: 'user' as const, id: seer.viewer.id, name: seer.viewer.name };
      const origin = { tenantId, actor, at, correlationId, commandId };
      const outcome = await this.contacts.commit(decision.value, origin);
      if (outcome.kind === 'raced') continue;
      failpoint('inbox.contact-changed');
      await this.spread(outcome.change);
      if (outcome.erases) this.erase(outcome.change);
      return this.show(seer, request, change);
    }
    return refused({ code: 'UNAVAILABLE', message: 'Too many people change this contact. Try again.' });
  }

  /** As {@link carryOut}, for what concerns two contacts that the person may see; the first is answered. */
  carryOutOnTwo(
    request: ContactRequest & PairOfContacts,
    decide: (card: ContactCard, expectedRevision: number, other: ContactCard) => CardDecision,
  ): Promise<Answer<ContactDetail>> {
    const { tenantId, contactId, otherId, expectedRevision } = request;
    return this.carryOut(request, {
      about: contactId,
      decide: async (seer) => {
        const [card, other] = await Promise.all([
          this.visible(seer, tenantId, contactId),
          this.visible(seer, tenantId, otherId),
        ]);
        return card && other ? decide(card, expectedRevision, other) : noSuchContact;
      },
    });
  }

  /** A contact that the person may see; null: it does not exist for them. */
  async visible(seer: Seer, tenantId: string, contactId: string): Promise<ContactCard | null> {
    const card = await this.contacts.find(tenantId, contactId);
    return card && (card.mergedInto !== null || maySeeContact(seer, card)) ? card : null;
  }

  /** The numbers as carriers take them; what a contact has already stays as it is. Or the first that is none. */
  normalized(
    { directory }: Seer,
    typed: readonly string[],
    known: readonly string[],
  ): { readonly numbers: string[] } | { readonly wrong: string } {
    const near = directory.numbers[0]?.number;
    const numbers: string[] = [];
    for (const each of typed) {
      const number = known.includes(each) ? each : this.numbers.normalize(each, near);
      if (number === null) return { wrong: each };
      numbers.push(number);
    }
    return { numbers };
  }

  /** It is committed: what fails here is left to the sweep. */
  private async spread(change: UnspreadChange): Promise<void> {
    await this.spreadNames.execute(change).catch((error: unknown) => {
      this.logger.warn(
        `A contact's name is not in all conversations until the next sweep: ${error instanceof Error ? error.message : String(error)}`,
      );
    });
  }

  /** It can take long, and goes on after the answer. */
  private erase(change: UnspreadChange): void {
    this.eraseContent.execute(change).catch((error: unknown) => {
      this.logger.warn(
        `An erasure is not finished until the next sweep: ${error instanceof Error ? error.message : String(error)}`,
      );
    });
  }

  private async show(
    seer: Seer,
    { tenantId }: ContactRequest,
    { about }: ContactChange,
  ): Promise<Answer<ContactDetail>> {
    const card = await this.views.living(tenantId, about);
    const detail = card && (await this.views.detail(seer, tenantId, card));
    return detail ? answer(detail) : notFound();
  }
}

export const noSuchContact: CardDecision = {
  ok: false,
  error: { code: 'NOT_FOUND', message: 'There is no such contact, or it is in no inbox of yours.' },
};

export const noNumber = (typed: string): CardDecision => ({
  ok: false,
  error: {
    code: 'VALIDATION',
    message: `"${typed}" is no phone number: write it with its country, like +12125550123.`,
  },
});
