import { Injectable } from '@nestjs/common';
import { Clock, failpoint } from '@partyline/kernel';
import { consentWord, saidAt } from '../../domain/consent.js';
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
      if (said) await this.settle(said, entry);
    }
  }

  /** Another word may be recorded, and spread, while this one is: the last to spread has to spread what stands. */
  private async settle(said: Consent, entry: LoggedEntry): Promise<void> {
    let stands = await this.consents.record(said);
    failpoint('inbox.consent-recorded');
    for (;;) {
      await this.spread(stands, entry);
      failpoint('inbox.consent-spread');
      const now = await this.consents.record(said);
      if (now.at === stands.at && now.state === stands.state) return;
      stands = now;
    }
  }

  private async spread(consent: Consent, { conversationId: own, origin }: LoggedEntry): Promise<void> {
    const { tenantId, number, peer, state, keyword, at: saidAt } = consent;
    const conversations = await this.list.between(tenantId, number, peer);
    await this.log.appendMany(
      // Lists may be behind the log; that it was said in this one is certain.
      [...new Set([own, ...conversations])].map((conversationId) => ({
        ref: { tenantId, conversationId },
        actor: SYSTEM,
        at: this.clock.now().toISOString(),
        origin,
        decide: (current) => decideConsent(current, { type: 'consent', peer, state, keyword, saidAt }),
      })),
    );
  }
}

/** The customer's own word in this entry, whether or not it changed anything: a word said earlier may land later. */
function consentIn({ tenantId, events }: LoggedEntry): Consent | null {
  const text = events.find((event) => event.type === 'message.received');
  if (text?.data.keyword !== 'stop' && text?.data.keyword !== 'start') return null;
  const { from: peer, to: number, keyword } = text.data;
  const at = saidAt(text.data);
  const state = keyword === 'stop' ? 'opted_out' : 'opted_in';
  return { tenantId, number, peer, state, keyword: consentWord(text.data.text)?.word ?? keyword, at };
}
