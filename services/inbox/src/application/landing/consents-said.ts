import { Injectable } from '@nestjs/common';
import { CONSENT_LANGUAGES } from '@partyline/contracts';
import { consentWordIn, saidAt } from '../../domain/consent.js';
import type { Consent } from '../consents.js';
import type { LoggedEntry } from '../log/conversation-log.js';
import { SpreadConsent } from './spread-consent.js';
import { SYSTEM } from './system-actor.js';

/** What customers said of texts in entries of the log holds in all their conversations. */
@Injectable()
export class ConsentsSaid {
  constructor(private readonly spread: SpreadConsent) {}

  async execute(entries: readonly LoggedEntry[]): Promise<void> {
    for (const entry of entries) {
      const said = consentIn(entry);
      const { conversationId, origin } = entry;
      if (said) await this.spread.execute(said, { actor: SYSTEM, origin, conversationId });
    }
  }
}

/** The customer's own word in this entry, whether or not it changed anything: a word said earlier may land later. */
function consentIn({ tenantId, events }: LoggedEntry): Consent | null {
  const text = events.find((event) => event.type === 'message.received');
  if (text?.data.keyword !== 'stop' && text?.data.keyword !== 'start') return null;
  const { from: peer, to: number, text: words, keyword } = text.data;
  const state = keyword === 'stop' ? 'opted_out' : 'opted_in';
  // The log says that it was one; in which languages words counted then does not matter now.
  const word = consentWordIn({ text: words, keyword }, CONSENT_LANGUAGES)?.word ?? keyword;
  return {
    tenantId,
    number,
    peer,
    state,
    keyword: word,
    at: saidAt(text.data),
    source: 'customer',
    by: null,
  };
}
