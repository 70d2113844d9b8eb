import { Injectable } from '@nestjs/common';
import { Clock } from '@partyline/kernel';
import { decideConsent } from '../../domain/decide/inbound.js';
import { ConversationList } from '../conversation-list.js';
import { Consents, type Consent } from '../consents.js';
import { ConversationLog, type LoggedEntry } from '../log/conversation-log.js';
import { SYSTEM } from './system-actor.js';

/** A STOP or START holds for every conversation of the two numbers, not only for the one in which it was said. */
@Injectable()
export class SpreadConsent {
  constructor(
    private readonly log: ConversationLog,
    private readonly list: ConversationList,
    private readonly consents: Consents,
    private readonly clock: Clock,
  ) {}

  /** Of these entries, those in which a customer spoke. */
  async execute(entries: readonly LoggedEntry[]): Promise<void> {
    for (const entry of entries) {
      const said = consentIn(entry);
      if (said) await this.spread(await this.consents.record(said), entry);
    }
  }

  private async spread(consent: Consent, { origin }: LoggedEntry): Promise<void> {
    const { tenantId, number, peer, state, keyword } = consent;
    const conversations = await this.list.between(tenantId, number, peer);
    await this.log.appendMany(
      conversations.map((conversationId) => ({
        ref: { tenantId, conversationId },
        actor: SYSTEM,
        at: this.clock.now().toISOString(),
        origin,
        decide: (current) => decideConsent(current, { type: 'consent', peer, state, keyword }),
      })),
    );
  }
}

/** The customer's own word in this entry; what a new conversation only carries over stands before its first text. */
function consentIn({ tenantId, events }: LoggedEntry): Consent | null {
  const text = events.find((event) => event.type === 'message.received');
  if (!text) return null;
  const said = events.slice(events.indexOf(text)).find((event) => event.type === 'consent.changed');
  return said ? { ...said.data, tenantId, at: text.data.receivedAt } : null;
}
