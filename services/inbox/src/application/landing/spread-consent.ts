import { Injectable } from '@nestjs/common';
import type { Actor } from '@partyline/contracts';
import { Clock, failpoint } from '@partyline/kernel';
import { decideConsent } from '../../domain/decide/inbound.js';
import { ConversationList } from '../conversation-list.js';
import { Consents, type Consent } from '../consents.js';
import { ConversationLog, type AppendRequest } from '../log/conversation-log.js';

/** Who says so in the log, and where that came from. */
export interface Saying {
  readonly actor: Actor;
  readonly origin: AppendRequest['origin'];
  /** The conversation in which it was said, where it was in one. */
  readonly conversationId: string | null;
}

/** A STOP or START holds for every conversation of the two numbers, not only for the one in which it was said. */
@Injectable()
export class SpreadConsent {
  constructor(
    private readonly log: ConversationLog,
    private readonly list: ConversationList,
    private readonly consents: Consents,
    private readonly clock: Clock,
  ) {}

  /**
   * Gives what stands in the end. Another word may be recorded, and spread, while this one is: the last to spread has
   * to spread what stands.
   */
  async execute(said: Consent, saying: Saying): Promise<Consent> {
    let stands = await this.consents.record(said);
    failpoint('inbox.consent-recorded');
    for (;;) {
      await this.spread(stands, saying);
      failpoint('inbox.consent-spread');
      const now = await this.consents.record(said);
      if (now.at === stands.at && now.state === stands.state) return now;
      stands = now;
    }
  }

  private async spread(consent: Consent, { actor, origin, conversationId: own }: Saying): Promise<void> {
    const { tenantId, number, peer, state, keyword, source, at: saidAt } = consent;
    const conversations = await this.list.between(tenantId, number, peer);
    await this.log.appendMany(
      // Lists may be behind the log; that it was said in this one is certain.
      [...new Set([...(own === null ? [] : [own]), ...conversations])].map((conversationId) => ({
        ref: { tenantId, conversationId },
        actor,
        at: this.clock.now().toISOString(),
        origin,
        decide: (current) =>
          decideConsent(current, { type: 'consent', peer, state, keyword, saidAt, source }),
      })),
    );
  }
}
